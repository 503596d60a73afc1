// A blocking HTTP client of a few lines: one connection, read until what was waited for is there.
//
// For benches only: anything unexpected stops the process. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace candor::bench {

class SocketClient final {
   public:
    explicit SocketClient(std::uint16_t port);
    ~SocketClient();
    SocketClient(const SocketClient&) = delete;
    SocketClient& operator=(const SocketClient&) = delete;

    void send(std::string_view request);
    // Reads until `mark` is in what was received; returns everything up to and with it.
    std::string read_through(std::string_view mark);
    // A whole answer with a Content-Length.
    std::string get(std::string_view path, std::string_view accept_encoding = "");

   private:
    void receive();

    int fd_;
    std::string buffer_;
};

}  // namespace candor::bench
