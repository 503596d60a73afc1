// Bytes on their way to one socket: formatted text and references to immutable page bytes, sent
// with as few system calls as possible.
//
// Referenced bytes must outlive the send: the owner keeps the ServedSite (connection.h). One
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candor::web {

enum class SendState : std::uint8_t { kSent, kBlocked, kBroken };

class Output final {
   public:
    // Append heads and small bodies here.
    std::string& text() { return text_; }

    // Refers to `bytes`, or copies them when that is cheaper than one more piece.
    void append_body(std::string_view bytes);

    bool empty() const { return pieces_.empty() && text_.empty(); }
    std::size_t size() const { return text_.size() + referenced_; }
    std::size_t sent() const { return sent_; }
    bool is_full() const { return pieces_.size() >= kPiecesMax || size() >= kBatchBytesMax; }

    // Sends what is left. kBlocked: call again when the socket is writable.
    SendState send_to(int fd);

    // For whoever sends by other means: the next unsent bytes, at most `most`; "" at the end.
    std::string_view next(std::size_t most);
    void advance(std::size_t taken) { sent_ += taken; }

    void clear();

   private:
    // One batch of pipelined answers; more wait until these are gone.
    static constexpr std::size_t kPiecesMax = 60;
    static constexpr std::size_t kBatchBytesMax = 512 * 1024;

    struct Piece {
        const char* data = nullptr;  // nullptr: in text_ at `begin`
        std::size_t begin = 0;
        std::size_t size = 0;
    };

    void close_text();

    std::string text_;
    std::vector<Piece> pieces_;
    std::size_t text_closed_ = 0;  // text before this is in pieces_
    std::size_t referenced_ = 0;
    std::size_t sent_ = 0;
};

}  // namespace candor::web
