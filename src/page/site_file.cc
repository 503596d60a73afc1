#include "page/site_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "base/codec.h"
#include "base/sha256.h"

namespace candor::page {
namespace {

// File: kSiteFileMagic, 32 bytes SHA-256 of the rest, then the encoded SavedSite.
constexpr std::size_t kDigestBytes = 32;

struct SavedResource {
    std::string content_type;
    std::int64_t cache = 0;
    std::string identity;
    std::string gzip;
    std::string brotli;
    std::string etag;
    std::int64_t status = 200;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("content_type", self.content_type);
        visit("cache", self.cache);
        visit("identity", self.identity);
        visit("gzip", self.gzip);
        visit("brotli", self.brotli);
        visit("etag", self.etag);
        visit("status", self.status);
    }
};

struct SavedSite {
    std::int64_t position = 0;
    Timestamp as_of;
    std::map<std::string, SavedResource> resources;
    SavedResource not_found;
    SavedResource unavailable;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("position", self.position);
        visit("as_of", self.as_of);
        visit("resources", self.resources);
        visit("not_found", self.not_found);
        visit("unavailable", self.unavailable);
    }
};

SavedResource saved(const ResourcePtr& r) {
    if (!r) return {};
    return {r->content_type, static_cast<std::int64_t>(r->cache),
            r->identity,     r->gzip,
            r->brotli,       r->etag,
            r->status};
}

ResourcePtr restored(SavedResource r) {
    auto out = std::make_shared<Resource>();
    out->content_type = std::move(r.content_type);
    const bool known = r.cache >= 0 && r.cache <= static_cast<int>(CacheClass::kNoStore);
    out->cache = known ? static_cast<CacheClass>(r.cache) : CacheClass::kNoStore;
    out->identity = std::move(r.identity);
    out->gzip = std::move(r.gzip);
    out->brotli = std::move(r.brotli);
    out->etag = std::move(r.etag);
    out->status = static_cast<int>(r.status);
    return out;
}

std::string system_error(const std::string& what) {
    return what + ": " + std::strerror(errno);
}

class File {
   public:
    explicit File(int fd) : fd_(fd) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (fd_ >= 0) ::close(fd_);
    }
    bool is_open() const { return fd_ >= 0; }
    int get() const { return fd_; }

   private:
    int fd_;
};

Result<void> write_synced(const std::string& path, std::string_view bytes) {
    const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file.is_open()) return fail(ErrorCode::kIo, system_error("cannot create " + path));
    while (!bytes.empty()) {
        const ssize_t n = ::write(file.get(), bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            const ErrorCode code = errno == ENOSPC ? ErrorCode::kDiskFull : ErrorCode::kIo;
            return fail(code, system_error("cannot write " + path));
        }
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::fsync(file.get()) != 0) return fail(ErrorCode::kIo, system_error("cannot sync " + path));
    return {};
}

Result<void> sync_folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file.is_open() || ::fsync(file.get()) != 0) {
        return fail(ErrorCode::kIo, system_error("cannot sync the folder " + folder));
    }
    return {};
}

Result<std::string> read_bounded(const std::string& path) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) {
        const ErrorCode code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
        return fail(code, system_error("cannot open " + path));
    }
    struct stat facts{};
    if (::fstat(file.get(), &facts) != 0) return fail(ErrorCode::kIo, system_error(path));
    if (facts.st_size > static_cast<off_t>(kSiteFileBytesMax)) {
        return fail(ErrorCode::kTooLarge, path + " is larger than a saved page may be; delete it");
    }
    std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t n = ::read(file.get(), bytes.data() + have, bytes.size() - have);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        have += static_cast<std::size_t>(n);
    }
    bytes.resize(have);
    return bytes;
}

}  // namespace

Result<void> save_site(const Site& site, const std::string& path) {
    SavedSite out;
    out.position = static_cast<std::int64_t>(site.position);
    out.as_of = site.as_of;
    site.resources.for_each([&](const std::string& url, const ResourcePtr& resource) {
        out.resources.emplace(url, saved(resource));
    });
    out.not_found = saved(site.not_found);
    out.unavailable = saved(site.unavailable);
    const std::string payload = encode(out);
    const Digest digest = sha256(payload);
    std::string bytes(kSiteFileMagic);
    bytes += as_bytes(digest);
    bytes += payload;
    if (bytes.size() > kSiteFileBytesMax) {
        return fail(ErrorCode::kTooLarge, "the rendered page is too large to save");
    }
    const std::string temporary = path + ".new";
    TRY(write_synced(temporary, bytes));
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        return fail(ErrorCode::kIo, system_error("cannot rename " + temporary));
    }
    return sync_folder_of(path);
}

Result<SitePtr> load_site(const std::string& path) {
    const std::string bytes = TRY(read_bounded(path));
    const std::string_view all = bytes;
    const std::string damaged = path + " is not a whole saved page; it is ignored";
    if (!all.starts_with(kSiteFileMagic) || all.size() < kSiteFileMagic.size() + kDigestBytes) {
        return fail(ErrorCode::kCorrupt, damaged);
    }
    const std::string_view payload = all.substr(kSiteFileMagic.size() + kDigestBytes);
    const Digest digest = sha256(payload);
    if (all.substr(kSiteFileMagic.size(), kDigestBytes) != as_bytes(digest)) {
        return fail(ErrorCode::kCorrupt, damaged);
    }
    SavedSite in = TRY(decode<SavedSite>(payload));
    auto site = std::make_shared<Site>();
    site->position = static_cast<Position>(in.position);
    site->as_of = in.as_of;
    for (auto& [url, resource] : in.resources) {
        site->resources.set(url, restored(std::move(resource)));
    }
    site->resources.settle();
    site->not_found = restored(std::move(in.not_found));
    site->unavailable = restored(std::move(in.unavailable));
    return SitePtr(site);
}

}  // namespace candor::page
