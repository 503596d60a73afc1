#include "store/store_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace candor::store {
namespace {

// SQLite would make it readable for everybody; its WAL and shared memory take this file's mode.
Result<void> make_private_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) {
        ::close(file);
        return {};
    }
    if (errno == EEXIST) return {};
    return fail(errno == ENOSPC ? ErrorCode::kDiskFull : ErrorCode::kIo,
                "making " + path + ": " + std::strerror(errno) +
                    "; check the disk and the permissions of the folder");
}

}  // namespace

Result<StoreFile> open_store_file(const StoreFileOptions& options, const Schema& schema) {
    TRY(make_folder(options.folder));
    FolderLock lock = TRY(FolderLock::acquire(options.folder, options.name + ".lock"));
    const std::string path = options.folder + "/" + options.name + ".db";
    if (options.vfs.empty()) TRY(make_private_file(path));
    auto connection = TRY(Connection::open({.path = path,
                                            .vfs = options.vfs,
                                            .access = Access::kReadWrite,
                                            .synchronous = options.synchronous,
                                            .secure_delete = options.secure_delete}));
    TRY(check_schema(*connection, schema));
    TRY(connection->start_writing());
    auto writer = std::make_unique<SqliteWriter>(std::move(connection), options.log);
    TRY(migrate(*writer, schema));
    return StoreFile{std::move(lock), std::move(writer)};
}

}  // namespace candor::store
