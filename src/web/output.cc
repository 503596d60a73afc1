#include "web/output.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace candor::web {
namespace {

// Copying this much costs less than handing the kernel another piece.
constexpr std::size_t kCopyBytesMax = 2048;

}  // namespace

void Output::close_text() {
    if (text_.size() == text_closed_) return;
    pieces_.push_back({.begin = text_closed_, .size = text_.size() - text_closed_});
    text_closed_ = text_.size();
}

void Output::append_body(std::string_view bytes) {
    if (bytes.size() <= kCopyBytesMax) {
        text_ += bytes;
        return;
    }
    close_text();
    pieces_.push_back({.data = bytes.data(), .size = bytes.size()});
    referenced_ += bytes.size();
}

SendState Output::send_to(int fd) {
    close_text();
    while (sent_ < size()) {
        std::array<iovec, kPiecesMax + 4> parts;
        std::size_t count = 0;
        std::size_t skip = sent_;
        for (const Piece& piece : pieces_) {
            if (skip >= piece.size) {
                skip -= piece.size;
                continue;
            }
            const char* data = piece.data != nullptr ? piece.data : text_.data() + piece.begin;
            parts[count++] = {.iov_base = const_cast<char*>(data) + skip,
                              .iov_len = piece.size - skip};
            skip = 0;
            if (count == parts.size()) break;
        }
        ssize_t n = 0;
        if (count == 1) {
            n = ::send(fd, parts[0].iov_base, parts[0].iov_len, MSG_NOSIGNAL);
        } else {
            msghdr message{};
            message.msg_iov = parts.data();
            message.msg_iovlen = count;
            n = ::sendmsg(fd, &message, MSG_NOSIGNAL);
        }
        if (n < 0) {
            if (errno == EINTR) continue;
            return errno == EAGAIN ? SendState::kBlocked : SendState::kBroken;
        }
        sent_ += static_cast<std::size_t>(n);
    }
    return SendState::kSent;
}

std::string_view Output::next(std::size_t most) {
    close_text();
    std::size_t skip = sent_;
    for (const Piece& piece : pieces_) {
        if (skip >= piece.size) {
            skip -= piece.size;
            continue;
        }
        const char* data = piece.data != nullptr ? piece.data : text_.data() + piece.begin;
        return {data + skip, std::min(most, piece.size - skip)};
    }
    return {};
}

void Output::clear() {
    text_.clear();
    pieces_.clear();
    text_closed_ = referenced_ = sent_ = 0;
}

}  // namespace candor::web
