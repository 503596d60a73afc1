// The main of a fuzz target outside libFuzzer: runs the target once on every file of its corpus.
// Exits 2 when there is no file, so that a lost corpus cannot pass.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

int run_folder(const char* folder) {
    std::error_code error;
    int files = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder, error)) {
        if (!file.is_regular_file(error)) continue;
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        std::printf("%s (%zu bytes)\n", file.path().filename().c_str(), bytes.size());
        std::fflush(stdout);  // the last line printed names the input of a crash
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
        ++files;
    }
    if (files == 0) {
        std::fprintf(stderr, "%s: no corpus file; a target without seeds tests nothing\n", folder);
        return 2;
    }
    std::printf("%d files, none crashed\n", files);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s CORPUS_FOLDER\n", argv[0]);
        return 2;
    }
    return run_folder(argv[1]);
}
