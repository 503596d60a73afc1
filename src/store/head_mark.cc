#include "store/head_mark.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <string_view>

namespace candor::store {
namespace {

constexpr std::size_t kPositionDigits = 20;
constexpr std::size_t kChainDigits = 64;
// "00000000000000000041 " + chain + "\n": always the same length, so that one write replaces it.
constexpr std::size_t kMarkBytes = kPositionDigits + 1 + kChainDigits + 1;

std::string mark_of(const JournalHead& head) {
    const std::string position = std::to_string(head.position);
    return std::string(kPositionDigits - position.size(), '0') + position + ' ' +
           to_hex(head.chain) + '\n';
}

}  // namespace

HeadMark::HeadMark(const std::string& folder)
    : path_(folder + "/journal.head"),
      file_(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}

HeadMark::~HeadMark() {
    if (file_ >= 0) ::close(file_);
}

std::optional<HeadMark::Mark> HeadMark::read() const {
    std::array<char, kMarkBytes> bytes{};
    if (::pread(file_, bytes.data(), bytes.size(), 0) != std::ssize(bytes)) return std::nullopt;
    const std::string_view text(bytes.data(), bytes.size());
    if (text[kPositionDigits] != ' ' || text.back() != '\n') return std::nullopt;
    Mark mark;
    const char* end = text.data() + kPositionDigits;
    const auto [stopped, error] = std::from_chars(text.data(), end, mark.position);
    if (error != std::errc() || stopped != end) return std::nullopt;
    mark.chain = text.substr(kPositionDigits + 1, kChainDigits);
    return mark;
}

void HeadMark::write(const JournalHead& head) {
    const std::string text = mark_of(head);
    [[maybe_unused]] const ssize_t written = ::pwrite(file_, text.data(), text.size(), 0);
}

}  // namespace candor::store
