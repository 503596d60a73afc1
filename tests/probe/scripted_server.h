// ScriptedServer: a TCP server on 127.0.0.1 and a free port whose behaviour is one function.
//
// Each connection runs the script on a thread of its own; the destructor closes every connection
// and joins every thread. For tests only.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace candor::probe::testing {

class ScriptedServer final {
   public:
    // The script gets a connected blocking socket; it need not close it.
    using Script = std::function<void(int fd)>;

    explicit ScriptedServer(Script script);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url(std::string_view path = "/", std::string_view scheme = "http") const;
    int connections() const { return connections_; }

   private:
    void accept_all();
    void serve(int fd);

    Script script_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_{0};
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::vector<int> open_;
    std::vector<std::thread> workers_;
    std::thread acceptor_;
};

// A port of 127.0.0.1 where nobody listens while the object lives (it is bound, not listening).
class ClosedPort final {
   public:
    ClosedPort();
    ~ClosedPort();
    ClosedPort(const ClosedPort&) = delete;
    ClosedPort& operator=(const ClosedPort&) = delete;
    std::uint16_t port() const { return port_; }

   private:
    int fd_ = -1;
    std::uint16_t port_ = 0;
};

// A port of 127.0.0.1 that neither accepts nor refuses: its backlog is full.
class SilentPort final {
   public:
    SilentPort();
    ~SilentPort();
    SilentPort(const SilentPort&) = delete;
    SilentPort& operator=(const SilentPort&) = delete;
    std::uint16_t port() const { return port_; }

   private:
    int listener_ = -1;
    std::vector<int> fillers_;
    std::uint16_t port_ = 0;
};

// Blocking, until everything is written; false when the other side has gone.
bool send_all(int fd, std::string_view bytes);
// Reads up to and including the empty line after the header fields.
std::string read_head(int fd);
// Blocks until the other side closes.
void wait_for_close(int fd);

// "HTTP/1.1 200 OK" with Content-Length and Connection: close.
std::string response(int status, std::string_view body, std::string_view more_fields = "");
// Reads one request, sends `bytes`.
ScriptedServer::Script answers(std::string bytes);

}  // namespace candor::probe::testing
