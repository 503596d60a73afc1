// A file that holds disk space in reserve, so that a human can still post when the disk is full.
//
// Space is a promise of the file system, not a guarantee: another program may take what release()
// gave back before we use it. One thread.
#pragma once

#include <cstdint>
#include <string>

namespace candor::store {

inline constexpr std::int64_t kBallastBytes = std::int64_t{64} * 1024 * 1024;

class Ballast final {
   public:
    // `bytes` 0 switches the ballast off.
    Ballast(std::string path, std::int64_t bytes);

    // Reserves the space when twice as much is free; quietly does nothing otherwise. True when the
    // ballast is there afterwards.
    bool ensure();
    // Gives the space back; false when there was none to give.
    bool release();
    bool present() const;

   private:
    std::string path_;
    std::int64_t bytes_;
};

}  // namespace candor::store
