#include "app/config_expand.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace candor::app {
namespace {

ExpandSources fixed() {
    return {[](const std::string& name) -> std::optional<std::string> {
                if (name == "TOKEN") return "s3cret";
                if (name == "EMPTY") return "";
                if (name == "NESTED") return "${TOKEN}";
                if (name == "HALF") return std::string(kExpandedBytesMax / 2, 'x');
                return std::nullopt;
            },
            [](const std::string& path, std::size_t) -> Result<std::string> {
                if (path == "/run/token") return std::string("from-file\n");
                return fail(ErrorCode::kNotFound, "cannot open: No such file or directory");
            }};
}

std::string good(std::string_view text) {
    const auto out = expand(text, fixed());
    return out ? *out : "ERROR " + out.error().message;
}

TEST(ConfigExpand, reads_environment_and_files) {
    EXPECT_EQ(good("plain"), "plain");
    EXPECT_EQ(good("Bearer ${TOKEN}!"), "Bearer s3cret!");
    EXPECT_EQ(good("${EMPTY}"), "");
    EXPECT_EQ(good("${file:/run/token}"), "from-file");
    EXPECT_EQ(good("$$ $${TOKEN} $5 a$"), "$ ${TOKEN} $5 a$");
}

TEST(ConfigExpand, what_was_read_in_is_not_expanded_again) {
    EXPECT_EQ(good("${NESTED}"), "${TOKEN}");
}

TEST(ConfigExpand, names_what_is_missing) {
    EXPECT_EQ(good("${NOPE}"), "ERROR the environment variable NOPE is not set");
    EXPECT_EQ(good("${file:/nope}"),
              "ERROR `${file:/nope}`: cannot open: No such file or directory");
    EXPECT_EQ(good("${file:}"), "ERROR `${file:}` names no file");
    EXPECT_EQ(good("${TOKEN"), "ERROR `${` is never closed");
    EXPECT_EQ(good("${a b}"), "ERROR `${a b}` is not a variable or a file");
    EXPECT_EQ(good("${}"), "ERROR `${}` is not a variable or a file");
}

TEST(ConfigExpand, results_end_at_64_KiB) {
    EXPECT_EQ(good("${HALF}${HALF}").size(), kExpandedBytesMax);
    EXPECT_EQ(good("${HALF}${HALF}x"), "ERROR the value is larger than 64 KiB");
}

TEST(ConfigExpand, files_are_regular_and_bounded) {
    const std::string folder = testing::TempDir() + "expand" + std::to_string(::getpid());
    std::filesystem::create_directory(folder);
    const std::string path = folder + "/f";
    std::ofstream(path) << std::string(100, 'x');
    EXPECT_EQ(read_bounded_file(path, 100)->size(), 100U);
    EXPECT_EQ(read_bounded_file(path, 99).error().code, ErrorCode::kTooLarge);
    EXPECT_EQ(read_bounded_file(folder, 99).error().message, "not a regular file");
    EXPECT_EQ(read_bounded_file("/dev/zero", 99).error().message, "not a regular file");
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace candor::app
