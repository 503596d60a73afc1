// candor.yaml: any bytes are a configuration or a list of problems with their places.

#include "app/config_load.h"
#include "base/check.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace candor;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const app::ExpandSources sources{
        .environment = [](const std::string& name) -> std::optional<std::string> {
            if (name == "SECRET") return "hunter-2-hunter-2";
            return std::nullopt;
        },
        .file = [](const std::string&, std::size_t) -> Result<std::string> {
            return fail(ErrorCode::kNotFound, "no file here");
        }};
    const app::LoadedConfig config = app::parse_config(text, "fuzz.yaml", sources);
    if (config) {
        CHECK(!config->redacted.empty());
        CHECK(config->redacted.find("hunter-2-hunter-2") == std::string::npos ||
              text.find("hunter-2-hunter-2") != std::string_view::npos ||
              text.find("SECRET") != std::string_view::npos);
        return 0;
    }
    CHECK(config.error().count() > 0);
    CHECK(!config.error().text().empty() && !config.error().json().empty());
    // A secret that was read in never comes out in a message.
    if (text.find("hunter") == std::string_view::npos) {
        CHECK(config.error().text().find("hunter-2-hunter-2") == std::string::npos);
    }
    return 0;
}
