// The storage folder: made when absent, and held by one process at a time.
//
// An advisory flock(2) on a file that holds the owner's process id; the kernel releases it when the
// owner dies, so a crash never leaves a stale lock. Not a lock between threads of one store.
#pragma once

#include <string>

#include "base/result.h"

namespace candor::store {

// Makes the folder and its parents (mode 0700), each durable in its parent.
Result<void> make_folder(const std::string& folder);

class FolderLock final {
   public:
    // kConflict when another open store (this or another process) holds folder/name.
    static Result<FolderLock> acquire(const std::string& folder, const std::string& name);

    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

   private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace candor::store
