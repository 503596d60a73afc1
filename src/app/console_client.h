// How commands talk to the Candor that runs on this machine: its own console API, with the
// operator's token of its storage folder.
//
// So a command changes nothing by itself: what it asks is decided, journalled and answered like
// anybody's call. Blocking; one call at a time.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "base/result.h"

namespace candor::app {

inline constexpr std::size_t kConsoleAnswerBytesMax = 1024 * 1024;

struct ConsoleCall {
    std::string method = "GET";
    std::string path;
    std::string body = {};  // JSON
};

class ConsoleClient final {
   public:
    // kIo with how to mend it: no token to read, or nobody answers there.
    static Result<ConsoleClient> open(const Config& config);

    // The body of a 2xx. Other answers are errors with the server's own sentence; kIo when nobody
    // answers.
    Result<std::string> ask(const ConsoleCall& call) const;

   private:
    ConsoleClient(std::string base, std::string token, std::string certificate)
        : base_(std::move(base)), token_(std::move(token)), certificate_(std::move(certificate)) {}

    std::string base_;  // "http://127.0.0.1:8082"
    std::string token_;
    std::string certificate_;  // the file of the one the console must show; "" for plain HTTP
};

}  // namespace candor::app
