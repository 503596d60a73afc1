// One raw TCP conversation with a server on loopback: any bytes out, HTTP answers in.
//
// Blocking. Reads give up after kPatienceSeconds, far beyond every limit that tests set: reaching
// it means that an answer was lost. One thread per Talk.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace candor::test {

inline constexpr int kPatienceSeconds = 30;

struct HttpAnswer {
    int status = 0;  // 0: the connection ended, or what came was no HTTP answer
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;

    std::string header(const std::string& lower_name) const {
        const auto it = headers.find(lower_name);
        return it == headers.end() ? "" : it->second;
    }
    bool closes() const { return header("connection") == "close"; }
};

enum class BodyExpected : std::uint8_t { kByHeaders, kNone };  // kNone: the answer to a HEAD

struct TalkOptions {
    std::string host = "127.0.0.1";
    int receive_buffer = 0;  // bytes; 0 leaves it to the system
};

class Talk final {
   public:
    explicit Talk(std::uint16_t port, TalkOptions options = {});
    ~Talk();
    Talk(const Talk&) = delete;
    Talk& operator=(const Talk&) = delete;

    bool is_connected() const { return connected_; }

    // False when the other side has closed or reset.
    bool send(std::string_view bytes);
    void finish_sending();

    // The next final answer; interim ones (1xx) are passed over and counted.
    HttpAnswer answer(BodyExpected body = BodyExpected::kByHeaders);
    int interim_answers() const { return interim_; }

    // Sends a GET and returns its answer.
    HttpAnswer get(std::string_view path, std::string_view headers = "");

    // Everything up to and with `end`; what came so far when the connection ended before.
    std::string read_until(std::string_view end);
    // At most `most` bytes as soon as there are any; "" at the end.
    std::string read_some(std::size_t most);
    // Waits until the other side has closed, dropping what still comes. False when patience ended.
    bool ends();

   private:
    bool fill();

    int fd_;
    bool connected_ = false;
    bool over_ = false;
    int interim_ = 0;
    std::string input_;
};

}  // namespace candor::test
