#include "app/instance.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "app/descriptor.h"
#include "base/sha256.h"
#include "store/folder_lock.h"

namespace candor::app {

namespace {

constexpr std::size_t kHexDigits = 64;

std::string because(int error) {
    return ": " + std::string(strerror(error));
}

Result<void> write_synced(int fd, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        const ssize_t n = ::write(fd, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(ErrorCode::kIo, "cannot write " + path + because(errno));
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::fsync(fd) != 0) return fail(ErrorCode::kIo, "cannot sync " + path + because(errno));
    return {};
}

Result<void> sync_folder(const std::string& folder) {
    const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0) {
        return fail(ErrorCode::kIo, "cannot sync the folder " + folder + because(errno));
    }
    return {};
}

Result<std::string> random_hex() {
    Digest bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        return fail(ErrorCode::kInternal, "the system has no random bytes to give");
    }
    return to_hex(bytes);
}

// Writes a complete, synced file under a name of its own, then links it to the final name, which
// fails when another process was first: then its file is the one.
Result<void> create_secret_file(const std::string& folder, const std::string& path) {
    const std::string text = TRY(random_hex()) + '\n';
    std::string draft = path + ".XXXXXX";
    const Descriptor fd(::mkostemp(draft.data(), O_CLOEXEC));  // mode 0600
    if (fd.get() < 0) return fail(ErrorCode::kIo, "cannot create " + path + because(errno));
    const Result<void> written = write_synced(fd.get(), text, draft);
    int error = 0;
    if (written && ::link(draft.c_str(), path.c_str()) != 0) error = errno;
    ::unlink(draft.c_str());
    if (!written) return written;
    if (error != 0 && error != EEXIST) {
        return fail(ErrorCode::kIo, "cannot create " + path + because(error));
    }
    return sync_folder(folder);
}

Result<std::string> read_or_create(const std::string& folder, const char* name) {
    TRY(ensure_storage_folder(folder));
    const std::string path = folder + '/' + name;
    Result<std::string> text = read_secret_file(path);
    if (text || text.error().code != ErrorCode::kNotFound) return text;
    TRY(create_secret_file(folder, path));
    return read_secret_file(path);
}

}  // namespace

Result<void> ensure_storage_folder(const std::string& folder) {
    return store::make_folder(folder);
}

Result<std::string> read_secret_file(const std::string& path) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (fd.get() < 0) {
        return fail(errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
                    "cannot open " + path + because(errno));
    }
    struct stat info{};
    if (::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return fail(ErrorCode::kInvalid, path + " is not a regular file");
    }
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(ErrorCode::kInvalid, path + " can be read by others: run chmod 600 " + path);
    }
    char buffer[kHexDigits + 2];
    std::size_t size = 0;
    while (size < sizeof buffer) {
        const ssize_t n = ::read(fd.get(), buffer + size, sizeof buffer - size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(ErrorCode::kIo, "cannot read " + path + because(errno));
        if (n == 0) break;
        size += static_cast<std::size_t>(n);
    }
    std::string_view text(buffer, size);
    if (text.ends_with('\n')) text.remove_suffix(1);
    const bool hex = text.size() == kHexDigits &&
                     text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    if (!hex) {
        const char* without = path.ends_with(kInstanceSecretFile)
                                  ? "; deleting it changes all ping URLs"
                                  : ", or delete it: the next start makes a new one";
        return fail(
            ErrorCode::kCorrupt,
            path + " does not hold 64 hexadecimal digits: restore it from a backup" + without);
    }
    return std::string(text);
}

Result<std::string> instance_secret(const std::string& folder) {
    return read_or_create(folder, kInstanceSecretFile);
}

Result<std::string> operator_token(const std::string& folder) {
    return read_or_create(folder, kOperatorTokenFile);
}

}  // namespace candor::app
