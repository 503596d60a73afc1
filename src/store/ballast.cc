#include "store/ballast.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

namespace candor::store {

Ballast::Ballast(std::string path, std::int64_t bytes) : path_(std::move(path)), bytes_(bytes) {}

bool Ballast::present() const {
    struct stat info{};
    return bytes_ > 0 && ::stat(path_.c_str(), &info) == 0 && info.st_size >= bytes_;
}

bool Ballast::ensure() {
    if (bytes_ <= 0) return false;
    if (present()) return true;
    struct statvfs space{};
    const std::string folder = std::filesystem::path(path_).parent_path().string();
    if (::statvfs(folder.c_str(), &space) != 0) return false;
    const auto free_bytes = static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize;
    if (free_bytes / 2 < static_cast<std::uint64_t>(bytes_)) return false;
    const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return false;
    const bool reserved = ::posix_fallocate(file, 0, bytes_) == 0 && ::fsync(file) == 0;
    ::close(file);
    if (!reserved) ::unlink(path_.c_str());
    return reserved;
}

bool Ballast::release() {
    return bytes_ > 0 && ::unlink(path_.c_str()) == 0;
}

}  // namespace candor::store
