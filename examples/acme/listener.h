// A listening TCP socket on loopback with a few threads that serve one connection each at a time.
//
// Knows nothing about protocols: the handler gets a connected socket and returns when done.
// Bounded: kWorkers connections at once, the rest wait in the kernel's queue; a peer that sends or
// reads nothing for kSocketSeconds is dropped. Closing refuses connections until opened again.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace acme {

inline constexpr int kWorkers = 8;
inline constexpr int kSocketSeconds = 5;

class Listener {
   public:
    using Handler = std::function<void(int connection)>;

    // `port` 0 lets the system choose at the first open; later opens use the same port again.
    Listener(std::uint16_t port, Handler handler);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    // "" or the reason why not. Opening an open listener does nothing.
    std::string open();
    // New connections are refused from now on; returns after the running ones ended.
    void close();

    std::uint16_t port() const { return port_; }
    bool is_open() const { return socket_ >= 0; }

   private:
    void serve();

    std::uint16_t port_;
    Handler handler_;
    int socket_ = -1;
    std::vector<std::jthread> workers_;
};

// Writes all of it, or gives up when the peer is gone.
void write_all(int connection, std::string_view bytes);

}  // namespace acme
