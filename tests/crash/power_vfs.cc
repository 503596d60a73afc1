#include "tests/crash/power_vfs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace candor::crash {
namespace {

constexpr std::size_t kSectorBytes = 512;

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

// SQLite's callbacks. A file of ours is followed in memory by the real one.
struct PowerCalls {
    struct Handle {
        sqlite3_file base;
        PowerVfs* vfs;
        PowerVfs::File* tracked;  // null: temporary, not worth following
        sqlite3_file* real;
    };

    static Handle& handle(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
    static sqlite3_file* real(sqlite3_file* file) { return handle(file).real; }
    static PowerVfs& owner(sqlite3_vfs* vfs) { return *static_cast<PowerVfs*>(vfs->pAppData); }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
        Handle& h = handle(file);
        h = {{nullptr}, &owner(vfs), nullptr, reinterpret_cast<sqlite3_file*>(&h + 1)};
        const int code = h.vfs->real_->xOpen(h.vfs->real_, name, h.real, flags, out);
        if (h.real->pMethods == nullptr) return code;
        static const sqlite3_io_methods methods = make_methods();
        h.base.pMethods = &methods;
        if (name != nullptr && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0) {
            const auto [it, fresh] = h.vfs->files_.try_emplace(name);
            if (fresh) it->second.synced = content_of(name);
            h.tracked = &it->second;
        }
        return code;
    }

    static int close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
    static int read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
        return real(f)->pMethods->xRead(real(f), to, n, at);
    }
    static int write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
        Handle& h = handle(f);
        if (h.tracked == nullptr) return h.real->pMethods->xWrite(h.real, from, n, at);
        if (const int code = h.vfs->meet_fault(true); code != SQLITE_OK) return code;
        h.tracked->unsynced.push_back(
            {at, std::string(static_cast<const char*>(from), static_cast<std::size_t>(n)), false});
        return h.real->pMethods->xWrite(h.real, from, n, at);
    }
    static int truncate(sqlite3_file* f, sqlite3_int64 size) {
        Handle& h = handle(f);
        if (h.tracked == nullptr) return h.real->pMethods->xTruncate(h.real, size);
        if (const int code = h.vfs->meet_fault(false); code != SQLITE_OK) return code;
        h.tracked->unsynced.push_back({size, "", true});
        return h.real->pMethods->xTruncate(h.real, size);
    }
    static int sync(sqlite3_file* f, int) {
        Handle& h = handle(f);
        if (h.tracked == nullptr) return SQLITE_OK;
        if (const int code = h.vfs->meet_fault(false); code != SQLITE_OK) return code;
        if (h.vfs->lies_) return SQLITE_OK;
        for (const auto& change : h.tracked->unsynced) PowerVfs::apply(h.tracked->synced, change);
        h.tracked->unsynced.clear();
        return SQLITE_OK;
    }
    static int size(sqlite3_file* f, sqlite3_int64* out) {
        return real(f)->pMethods->xFileSize(real(f), out);
    }
    static int lock(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
    static int unlock(sqlite3_file* f, int level) {
        return real(f)->pMethods->xUnlock(real(f), level);
    }
    static int check_lock(sqlite3_file* f, int* out) {
        return real(f)->pMethods->xCheckReservedLock(real(f), out);
    }
    static int control(sqlite3_file* f, int op, void* arg) {
        return real(f)->pMethods->xFileControl(real(f), op, arg);
    }
    static int sector_size(sqlite3_file*) { return kSectorBytes; }
    // Nothing is atomic and nothing is in order: the least that a disk promises.
    static int characteristics(sqlite3_file*) { return 0; }
    static int shm_map(sqlite3_file* f, int page, int n, int extend, void volatile** out) {
        return real(f)->pMethods->xShmMap(real(f), page, n, extend, out);
    }
    static int shm_lock(sqlite3_file* f, int offset, int n, int flags) {
        return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
    }
    static void shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
    static int shm_unmap(sqlite3_file* f, int remove) {
        return real(f)->pMethods->xShmUnmap(real(f), remove);
    }

    static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
        PowerVfs& power = owner(vfs);
        if (const int code = power.meet_fault(false); code != SQLITE_OK) return code;
        power.files_.erase(name);
        return power.real_->xDelete(power.real_, name, sync_folder);
    }

    static sqlite3_io_methods make_methods() {
        sqlite3_io_methods m{};
        m.iVersion = 2;
        m.xClose = close;
        m.xRead = read;
        m.xWrite = write;
        m.xTruncate = truncate;
        m.xSync = sync;
        m.xFileSize = size;
        m.xLock = lock;
        m.xUnlock = unlock;
        m.xCheckReservedLock = check_lock;
        m.xFileControl = control;
        m.xSectorSize = sector_size;
        m.xDeviceCharacteristics = characteristics;
        m.xShmMap = shm_map;
        m.xShmLock = shm_lock;
        m.xShmBarrier = shm_barrier;
        m.xShmUnmap = shm_unmap;
        return m;
    }
};

PowerVfs::PowerVfs() : real_(sqlite3_vfs_find(nullptr)) {
    vfs_ = *real_;
    vfs_.zName = kName;
    vfs_.pNext = nullptr;
    vfs_.pAppData = this;
    vfs_.szOsFile = static_cast<int>(sizeof(PowerCalls::Handle)) + real_->szOsFile;
    vfs_.xOpen = PowerCalls::open;
    vfs_.xDelete = PowerCalls::remove;
    // The others look at their own pAppData, so they are asked on behalf of the real one.
    vfs_.xAccess = [](sqlite3_vfs* v, const char* name, int flags, int* out) {
        sqlite3_vfs* real = PowerCalls::owner(v).real_;
        return real->xAccess(real, name, flags, out);
    };
    vfs_.xFullPathname = [](sqlite3_vfs* v, const char* name, int n, char* out) {
        sqlite3_vfs* real = PowerCalls::owner(v).real_;
        return real->xFullPathname(real, name, n, out);
    };
    sqlite3_vfs_register(&vfs_, 0);
}

PowerVfs::~PowerVfs() {
    sqlite3_vfs_unregister(&vfs_);
}

void PowerVfs::arm(Fault fault, std::uint64_t at_operation) {
    fault_ = fault;
    fault_at_ = at_operation;
    operations_ = 0;
}

int PowerVfs::meet_fault(bool is_write) {
    ++operations_;
    if (operations_ < fault_at_) return SQLITE_OK;
    switch (fault_) {
        case Fault::kNone: return SQLITE_OK;
        case Fault::kCut: return SQLITE_IOERR_WRITE;
        case Fault::kIoError: return operations_ == fault_at_ ? SQLITE_IOERR_WRITE : SQLITE_OK;
        case Fault::kFull: return is_write ? SQLITE_FULL : SQLITE_OK;
    }
    return SQLITE_OK;
}

void PowerVfs::apply(std::string& content, const Change& change) {
    const auto offset = static_cast<std::size_t>(change.offset);
    if (change.truncates) {
        content.resize(std::min(content.size(), offset));
        return;
    }
    if (content.size() < offset + change.bytes.size()) {
        content.resize(offset + change.bytes.size(), '\0');
    }
    content.replace(offset, change.bytes.size(), change.bytes);
}

std::string PowerVfs::after_cut(const File& file, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::string content = file.synced;
    // Seeds differ in temper, too: nearly nothing kept, about half, nearly everything.
    const std::uint64_t keep_of_ten = seed % 3 == 0 ? 1 : seed % 3 == 1 ? 5 : 9;
    for (const Change& change : file.unsynced) {
        if (change.truncates) {
            if (random() % 10 < keep_of_ten) apply(content, change);
            continue;
        }
        for (std::size_t at = 0; at < change.bytes.size(); at += kSectorBytes) {
            if (random() % 10 >= keep_of_ten) continue;
            apply(content, {change.offset + static_cast<std::int64_t>(at),
                            change.bytes.substr(at, kSectorBytes), false});
        }
    }
    return content;
}

void PowerVfs::restore_after_cut(std::uint64_t seed) {
    for (const auto& [path, file] : files_) {
        std::ofstream out(path, std::ios::binary | std::ios::trunc);
        out << after_cut(file, seed);
    }
    for (const auto& [path, file] : files_) std::filesystem::remove(path + "-shm");
    files_.clear();
}

}  // namespace candor::crash
