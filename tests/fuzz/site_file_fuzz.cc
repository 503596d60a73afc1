// The last page kept on disk: a file of any bytes loads or is refused, also when its checksum is
// right.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/check.h"
#include "base/sha256.h"
#include "page/site_file.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

void load(std::string_view bytes) {
    const int file = ::memfd_create("site", MFD_CLOEXEC);
    CHECK(file >= 0);
    CHECK(::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    const auto site = candor::page::load_site("/proc/self/fd/" + std::to_string(file));
    ::close(file);
    CHECK(site || !site.error().message.empty());
    if (!site) return;
    (*site)->resources.for_each(
        [](const std::string&, const candor::page::ResourcePtr& r) { CHECK(r != nullptr); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view payload(reinterpret_cast<const char*>(data), size);
    load(payload);
    const candor::Digest digest = candor::sha256(payload);
    std::string good(candor::page::kSiteFileMagic);
    good.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    load(good.append(payload));
    return 0;
}
