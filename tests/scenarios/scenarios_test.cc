// Plays every file of tests/scenarios/cases, and shows that the runner can fail: each file of
// must_fail begins with the complaint that it must cause.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/scenarios/stage.h"

namespace candor::scenarios {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<fs::path> files(const fs::path& folder) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(folder)) out.push_back(entry.path());
    std::ranges::sort(out);
    return out;
}

const fs::path kCases = "tests/scenarios/cases";
const fs::path kMustFail = "tests/scenarios/must_fail";
constexpr std::size_t kScenariosMin = 60;

// The test named after its file, so that `--gtest_filter` plays one scenario.
class Scenario final : public testing::Test {
   public:
    explicit Scenario(fs::path path) : path_(std::move(path)) {}
    void TestBody() override {
        const auto played = Stage::play(read(path_));
        EXPECT_TRUE(played.has_value()) << path_.string() << ": " << played.error().message;
    }

   private:
    fs::path path_;
};

class Control final : public testing::Test {
   public:
    explicit Control(fs::path path) : path_(std::move(path)) {}
    void TestBody() override {
        const std::string text = read(path_);
        const std::string first = text.substr(0, text.find('\n'));
        ASSERT_TRUE(first.starts_with("# must fail: ")) << path_;
        const auto played = Stage::play(text);
        ASSERT_FALSE(played.has_value()) << path_ << " was played without a complaint";
        EXPECT_EQ(played.error().message, first.substr(13)) << path_;
    }

   private:
    fs::path path_;
};

template <class Test>
std::size_t add_tests(const char* suite, const fs::path& folder) {
    const auto paths = files(folder);
    for (const fs::path& path : paths) {
        testing::RegisterTest(suite, path.stem().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                              [path]() -> testing::Test* { return new Test(path); });
    }
    return paths.size();
}

}  // namespace
}  // namespace candor::scenarios

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    using namespace candor::scenarios;
    const std::size_t scenarios = add_tests<Scenario>("Scenario", kCases);
    const std::size_t controls = add_tests<Control>("Control", kMustFail);
    if (scenarios < kScenariosMin || controls == 0) {
        std::fprintf(stderr, "only %zu scenarios and %zu controls were found\n", scenarios,
                     controls);
        return 1;
    }
    return RUN_ALL_TESTS();
}
