// A folder of its own for one test, removed with everything in it when the test ends.
//
// Not for sharing between tests. One thread.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace candor::test {

class TempFolder final {
   public:
    TempFolder() : path_(testing::TempDir() + "candor_XXXXXX") {
        if (::mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "cannot make " << path_;
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::string& path() const { return path_; }

    // The bytes of every file in the folder by name, but for locks and SQLite's shared memory,
    // which hold no content.
    std::string all_bytes() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : std::filesystem::directory_iterator(path_)) {
            const std::string name = entry.path().filename().string();
            if (name.ends_with("-shm") || name.ends_with(".lock")) continue;
            files[name] = file_bytes(entry.path().string());
        }
        std::string all;
        for (const auto& [name, bytes] : files) all += bytes;
        return all;
    }

    static std::string file_bytes(const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

   private:
    std::string path_;
};

}  // namespace candor::test
