#include "tests/notify/smtp_sink.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace candor::test {

SmtpSink::SmtpSink() {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe(in.data()) != 0 || ::pipe(out.data()) != 0) return;
    const char* script = std::getenv("CANDOR_SMTP_SINK");
    pid_ = ::fork();
    if (pid_ == 0) {
        ::dup2(in[0], STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        for (const int fd : {in[0], in[1], out[0], out[1]}) ::close(fd);
        ::execl("/usr/bin/python3", "python3", script, nullptr);
        ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    output_ = ::fdopen(out[0], "r");
    port_ = std::atoi(line().c_str());
    EXPECT_GT(port_, 0) << "is python3-aiosmtpd installed?";
}

SmtpSink::~SmtpSink() {
    ::close(input_);
    if (output_ != nullptr) std::fclose(output_);
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

std::string SmtpSink::next_mail() {
    return line();
}

std::string SmtpSink::line() {
    std::string out;
    for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_)) {
        out += static_cast<char>(c);
    }
    return out;
}

}  // namespace candor::test
