#include "tests/crash/fault_vfs.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace candor::test {
namespace {

struct OpenState {
    FaultVfs* vfs = nullptr;
    FaultDisk::Handle file;
    std::string name;
    int lock = SQLITE_LOCK_NONE;
    std::shared_ptr<FaultVfs::SharedMemory> shared;
    std::array<int, SQLITE_SHM_NLOCK> held{};  // 1 shared, -1 exclusive
};

// What SQLite allocates for us; `base` must be first.
struct OpenFile {
    sqlite3_file base;
    OpenState* state;
};

OpenState& state_of(sqlite3_file* file) {
    return *reinterpret_cast<OpenFile*>(file)->state;
}

int code_for(DiskAnswer answer, int failed) {
    switch (answer) {
        case DiskAnswer::kDone: return SQLITE_OK;
        case DiskAnswer::kFull: return SQLITE_FULL;
        case DiskAnswer::kFailed: return failed;
    }
    return failed;
}

int unmap_shared(sqlite3_file* file, int) {
    OpenState& state = state_of(file);
    if (!state.shared) return SQLITE_OK;
    for (std::size_t i = 0; i < state.held.size(); ++i) {
        int& holders = state.shared->holders[i];
        holders = state.held[i] < 0 ? 0 : holders - state.held[i];
        state.held[i] = 0;
    }
    state.shared.reset();
    return SQLITE_OK;
}

int close_file(sqlite3_file* file) {
    unmap_shared(file, 0);
    delete reinterpret_cast<OpenFile*>(file)->state;
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* out, int count, sqlite3_int64 offset) {
    OpenState& state = state_of(file);
    if (state.vfs->disk().read() != DiskAnswer::kDone) return SQLITE_IOERR_READ;
    const std::string& bytes = state.file->bytes;
    const auto wanted = static_cast<std::size_t>(count);
    const auto begin = std::min(static_cast<std::size_t>(offset), bytes.size());
    const std::size_t got = std::min(wanted, bytes.size() - begin);
    std::memcpy(out, bytes.data() + begin, got);
    if (got == wanted) return SQLITE_OK;
    std::memset(static_cast<char*>(out) + got, 0, wanted - got);
    return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    OpenState& state = state_of(file);
    const std::string_view data(static_cast<const char*>(bytes), static_cast<std::size_t>(count));
    return code_for(state.vfs->disk().write(*state.file, static_cast<std::size_t>(offset), data),
                    SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    OpenState& state = state_of(file);
    return code_for(state.vfs->disk().truncate(*state.file, static_cast<std::size_t>(size)),
                    SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* file, int) {
    OpenState& state = state_of(file);
    return code_for(state.vfs->disk().sync(*state.file), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(state_of(file).file->bytes.size());
    return SQLITE_OK;
}

// In WAL mode these only say who has the file open; one process needs no more.
int lock_file(sqlite3_file* file, int level) {
    state_of(file).lock = std::max(state_of(file).lock, level);
    return SQLITE_OK;
}
int unlock_file(sqlite3_file* file, int level) {
    state_of(file).lock = level;
    return SQLITE_OK;
}
int reserved_lock(sqlite3_file*, int* reserved) {
    *reserved = 0;
    return SQLITE_OK;
}
int file_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
    return 4096;
}
int device_characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    OpenState& state = state_of(file);
    if (!state.shared) state.shared = state.vfs->shared_memory(state.name);
    auto& regions = state.shared->regions;
    const auto index = static_cast<std::size_t>(region);
    *out = nullptr;
    if (index >= regions.size()) {
        if (extend == 0) return SQLITE_OK;
        while (regions.size() <= index) {
            regions.push_back(std::make_unique<std::vector<char>>(static_cast<std::size_t>(size)));
        }
    }
    *out = regions[index]->data();
    return SQLITE_OK;
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
    OpenState& state = state_of(file);
    auto& holders = state.shared->holders;
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    const auto first = static_cast<std::size_t>(offset);
    const auto last = first + static_cast<std::size_t>(count);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        for (std::size_t i = first; i < last; ++i) {
            if (state.held[i] != 0) holders[i] = exclusive ? 0 : holders[i] - 1;
            state.held[i] = 0;
        }
        return SQLITE_OK;
    }
    for (std::size_t i = first; i < last; ++i) {
        if (exclusive ? holders[i] != 0 : holders[i] < 0) return SQLITE_BUSY;
    }
    for (std::size_t i = first; i < last; ++i) {
        if (!exclusive && state.held[i] == 1) continue;
        holders[i] = exclusive ? -1 : holders[i] + 1;
        state.held[i] = exclusive ? -1 : 1;
    }
    return SQLITE_OK;
}

void shared_barrier(sqlite3_file*) {}

constexpr sqlite3_io_methods kMethods = {2,
                                         close_file,
                                         read_file,
                                         write_file,
                                         truncate_file,
                                         sync_file,
                                         file_size,
                                         lock_file,
                                         unlock_file,
                                         reserved_lock,
                                         file_control,
                                         sector_size,
                                         device_characteristics,
                                         map_shared,
                                         lock_shared,
                                         shared_barrier,
                                         unmap_shared,
                                         nullptr,
                                         nullptr};

FaultVfs& self_of(sqlite3_vfs* vfs) {
    return *static_cast<FaultVfs*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    file->pMethods = nullptr;
    FaultVfs& self = self_of(vfs);
    const std::string path = name != nullptr ? name : "temporary";
    auto handle = self.disk().open(path, (flags & SQLITE_OPEN_CREATE) != 0);
    if (!handle) return SQLITE_CANTOPEN;
    auto state = std::make_unique<OpenState>();
    state->vfs = &self;
    state->file = std::move(handle);
    state->name = path;
    file->pMethods = &kMethods;
    reinterpret_cast<OpenFile*>(file)->state = state.release();
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int) {
    FaultDisk& disk = self_of(vfs).disk();
    if (!disk.exists(name)) return SQLITE_IOERR_DELETE_NOENT;
    return code_for(disk.remove(name), SQLITE_IOERR_DELETE);
}

int has_access(sqlite3_vfs* vfs, const char* name, int, int* out) {
    *out = self_of(vfs).disk().exists(name) ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

}  // namespace

FaultVfs::FaultVfs(std::string name, FaultDisk& disk) : name_(std::move(name)), disk_(disk) {
    vfs_ = *sqlite3_vfs_find(nullptr);  // randomness, time and sleep stay the system's
    vfs_.pNext = nullptr;
    vfs_.iVersion = 2;
    vfs_.szOsFile = sizeof(OpenFile);
    vfs_.mxPathname = 1024;
    vfs_.zName = name_.c_str();
    vfs_.pAppData = this;
    vfs_.xOpen = open_file;
    vfs_.xDelete = delete_file;
    vfs_.xAccess = has_access;
    vfs_.xFullPathname = full_path;
    sqlite3_vfs_register(&vfs_, 0);
}

FaultVfs::~FaultVfs() {
    sqlite3_vfs_unregister(&vfs_);
}

std::shared_ptr<FaultVfs::SharedMemory> FaultVfs::shared_memory(const std::string& database) {
    auto memory = shared_[database].lock();
    if (!memory) shared_[database] = memory = std::make_shared<SharedMemory>();
    return memory;
}

}  // namespace candor::test
