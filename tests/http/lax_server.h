// A server as lenient as many are: the control of the live corpus, which must find it out.
//
// Takes bare LF, folded lines, repeated and signed lengths, spaces before colons, any target.
// Answers 200 to whatever ends in an empty line. One thread per connection; stops in its
// destructor.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace candor::test {

class LaxServer final {
   public:
    LaxServer();
    ~LaxServer();
    LaxServer(const LaxServer&) = delete;
    LaxServer& operator=(const LaxServer&) = delete;

    std::uint16_t port() const { return port_; }

   private:
    void accept_all();
    void serve(int fd);

    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::vector<int> open_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace candor::test
