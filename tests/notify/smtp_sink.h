// A real mail server of another maker (python3-aiosmtpd) as a child of the test.
//
// On 127.0.0.1 and a free port. What its recipients do: smtp_sink.py. One thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <cstdio>
#include <string>

namespace candor::test {

class SmtpSink final {
   public:
    SmtpSink();
    ~SmtpSink();
    SmtpSink(const SmtpSink&) = delete;
    SmtpSink& operator=(const SmtpSink&) = delete;

    // "127.0.0.1:port".
    std::string server() const { return "127.0.0.1:" + std::to_string(port_); }
    // The next mail it accepted, as a JSON line {"from":…,"to":[…],"bytes":…}; waits for it.
    std::string next_mail();

   private:
    std::string line();

    pid_t pid_ = -1;
    int input_ = -1;
    std::FILE* output_ = nullptr;
    int port_ = 0;
};

}  // namespace candor::test
