#include "tests/http/corpus_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/check.h"

namespace candor::test {
namespace {

char unescape(const std::string& text, std::size_t& i) {
    switch (text[++i]) {
        case 'r': return '\r';
        case 'n': return '\n';
        case 't': return '\t';
        case '\\': return '\\';
        case 'x': {
            const int value = std::stoi(text.substr(i + 1, 2), nullptr, 16);
            i += 2;
            return static_cast<char>(value);
        }
        default: CHECK(!"a known escape"); return 0;
    }
}

std::string decode(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') continue;
        if (text[i] == '\\') {
            out += unescape(text, i);
        } else if (text[i] == '{') {
            const std::size_t colon = text.find(':', i);
            out.append(std::stoul(text.substr(i + 1, colon - i - 1)), text[colon + 1]);
            i = colon + 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string after(const std::string& line, const std::string& prefix) {
    CHECK(line.starts_with(prefix));
    return line.substr(prefix.size());
}

CorpusCase load(const std::filesystem::path& path) {
    std::ifstream file(path);
    CorpusCase one{.name = path.stem().string(), .expect = {}, .why = {}, .bytes = {}};
    std::string line;
    std::getline(file, line);
    std::istringstream words(after(line, "# expect: "));
    for (std::string word; words >> word;) one.expect.push_back(word);
    std::getline(file, line);
    one.why = after(line, "# why: ");
    std::ostringstream rest;
    rest << file.rdbuf();
    one.bytes = decode(rest.str());
    CHECK(!one.expect.empty() && !one.bytes.empty());
    return one;
}

}  // namespace

std::vector<CorpusCase> load_corpus() {
    std::vector<CorpusCase> cases;
    for (const auto& entry : std::filesystem::directory_iterator("tests/http/corpus")) {
        cases.push_back(load(entry.path()));
    }
    std::ranges::sort(cases, {}, &CorpusCase::name);
    return cases;
}

}  // namespace candor::test
