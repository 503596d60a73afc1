// Request targets: what is accepted is an absolute path that no two programs read differently.

#include <algorithm>
#include <string>

#include "base/check.h"
#include "tests/fuzz/fuzz_input.h"
#include "web/http_target.h"

namespace {

void check_path(std::string_view path) {
    CHECK(path.starts_with('/'));
    CHECK(path.find("//") == std::string_view::npos);
    CHECK(path.find('\\') == std::string_view::npos && path.find('%') == std::string_view::npos);
    CHECK(std::ranges::none_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
    const std::string closed = std::string(path) + "/";
    CHECK(closed.find("/./") == std::string::npos && closed.find("/../") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    candor::fuzz::Input input(data, size);
    const std::size_t kind = input.number();
    candor::web::RequestHead head;
    head.method = kind % 3 == 1 ? candor::web::Method::kOptions : candor::web::Method::kGet;
    head.connect = kind % 3 == 2;
    if (!candor::web::parse_target(input.rest(), head)) return 0;
    if (head.connect && !input.rest().starts_with('/')) return 0;
    if (head.asterisk) {
        CHECK(head.path.empty());
    } else {
        check_path(head.path);
        CHECK(head.query.find('#') == std::string_view::npos);
        CHECK(head.host.empty() || candor::web::is_valid_authority(head.host));
    }
    return 0;
}
