#include "app/secret_input.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

namespace candor::app {
namespace {

constexpr std::size_t kLineBytesMax = 4096;

// Switches the terminal's echo off while it lives.
class NoEcho final {
   public:
    NoEcho() : works_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (works_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~NoEcho() {
        if (works_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

   private:
    termios before_{};
    bool works_;
};

Result<std::string> first_line(std::istream& in, const std::string& where) {
    std::string line;
    std::getline(in, line);
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.size() > kLineBytesMax) {
        return fail(ErrorCode::kInvalid, where + " holds no password on its first line");
    }
    return line;
}

Result<std::string> ask(const std::string& prompt) {
    std::fputs(prompt.c_str(), stderr);
    const NoEcho quiet;
    auto line = first_line(std::cin, "the answer");
    std::fputs("\n", stderr);
    return line;
}

}  // namespace

Result<std::string> read_new_password(const std::string& whose) {
    if (const char* file = std::getenv(kPasswordFileVariable); file != nullptr) {
        std::ifstream in(file);
        if (!in) return fail(ErrorCode::kIo, "cannot open " + std::string(file));
        return first_line(in, file);
    }
    if (::isatty(STDIN_FILENO) != 1) return first_line(std::cin, "standard input");
    std::string password = TRY(ask("New password of " + whose + ": "));
    if (TRY(ask("The same again: ")) != password) {
        return fail(ErrorCode::kInvalid, "the two are not the same; nothing was changed");
    }
    return password;
}

}  // namespace candor::app
