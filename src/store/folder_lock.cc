#include "store/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace candor::store {
namespace {

std::unexpected<Error> system_failure(const std::string& what, int error) {
    return fail(error == ENOSPC ? ErrorCode::kDiskFull : ErrorCode::kIo,
                what + ": " + std::strerror(error));
}

Result<void> sync_folder(const std::string& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return system_failure("opening folder " + folder, errno);
    const int synced = ::fsync(descriptor);
    const int error = errno;
    ::close(descriptor);
    if (synced != 0) return system_failure("syncing folder " + folder, error);
    return {};
}

std::string owner_of(int descriptor) {
    std::array<char, 24> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size() - 1, 0);
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "unknown";
}

}  // namespace

Result<void> make_folder(const std::string& folder) {
    std::filesystem::path made;
    for (const auto& part : std::filesystem::path(folder)) {
        const std::string parent = made.empty() ? "." : made.string();
        made /= part;
        if (::mkdir(made.c_str(), 0700) == 0) {
            TRY(sync_folder(parent));
        } else if (errno != EEXIST) {
            return system_failure("making folder " + made.string(), errno);
        }
    }
    struct stat info{};
    if (::stat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
        return fail(ErrorCode::kIo, folder + " is not a folder; choose another storage.url");
    }
    return {};
}

Result<FolderLock> FolderLock::acquire(const std::string& folder, const std::string& name) {
    const std::string path = folder + "/" + name;
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_failure("opening " + path, errno);
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return system_failure("locking " + path, errno);
        return fail(ErrorCode::kConflict,
                    "the storage folder " + folder + " is in use by process " +
                        owner_of(descriptor) +
                        "; stop that Candor, or give this one a storage.url of its own");
    }
    const std::string owner = std::to_string(::getpid());
    // Only for the message above: a failure to write it is no reason not to start.
    if (::ftruncate(descriptor, 0) == 0) {
        [[maybe_unused]] const ssize_t written =
            ::pwrite(descriptor, owner.data(), owner.size(), 0);
    }
    return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace candor::store
