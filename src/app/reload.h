// Notices that the configuration file was saved, whichever way editors save, or that it is gone.
//
// Watches the file's folder (and, for a symbolic link, the folder of what it points to), because
// many editors write a new file and rename it over the old one. A burst of events counts once,
// after kSettle of quiet but at the latest kSettleMax after the first. Says *that* something
// happened, not that it differs or is valid. One thread at a time.
#pragma once

#include <map>
#include <set>
#include <string>

#include "app/descriptor.h"
#include "base/result.h"
#include "base/time.h"

namespace candor::app {

class SaveWatch final {
   public:
    static constexpr Duration kSettle = milliseconds(200);
    static constexpr Duration kSettleMax = seconds(2);

    static Result<SaveWatch> open(const std::string& file, Duration settle = kSettle);

    // Counts saves of this file too; watching it twice is harmless.
    Result<void> also_watch(const std::string& file);

    // Readable when poll() has something to look at.
    int fd() const { return poller_.get(); }

    // Call when fd() is readable. True once per settled save. Does not block.
    bool poll();

    // Counts as a save now: for SIGHUP, which then shares the quiet time with the editor's events.
    void touch();

   private:
    SaveWatch() = default;
    Result<void> watch_folder_of(const std::string& file);
    bool read_events();
    void arm();

    Descriptor poller_;
    Descriptor events_;
    Descriptor timer_;
    Duration settle_;
    std::set<std::string> files_;
    std::map<int, std::set<std::string>> names_;  // watch → the names in that folder we care for
    Duration first_;                              // CLOCK_MONOTONIC of the burst's first event
    bool armed_ = false;
};

}  // namespace candor::app
