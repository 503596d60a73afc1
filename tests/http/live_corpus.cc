#include "tests/http/live_corpus.h"

#include "tests/http/talk.h"

namespace candor::test {
namespace {

// Statuses that only a refused request gets; anything else means that it was understood.
bool is_refusal(int status) {
    return status == 400 || status == 408 || status == 413 || status == 414 || status == 417 ||
           status == 431 || status == 505;
}

void say(Talk& talk, const std::string& bytes, Pace pace) {
    if (pace == Pace::kWhole) {
        talk.send(bytes);
        return;
    }
    // The server may answer and close half-way: the rest is then of no interest.
    for (const char c : bytes) {
        if (!talk.send({&c, 1})) return;
    }
}

std::string converse(std::uint16_t port, const CorpusCase& one, Pace pace) {
    Talk talk(port);
    say(talk, one.bytes, pace);
    const auto body =
        one.bytes.starts_with("HEAD ") ? BodyExpected::kNone : BodyExpected::kByHeaders;
    bool closes = false;
    for (std::size_t i = 0; i < one.expect.size(); ++i) {
        const HttpAnswer answer = talk.answer(body);
        const std::string got = std::to_string(answer.status);
        const std::string which = "answer " + std::to_string(i + 1) + " is " + got;
        if (one.expect[i] == "ok") {
            if (answer.status == 0 || is_refusal(answer.status)) return which + ", wanted ok";
            closes = answer.closes();
            continue;
        }
        if (got != one.expect[i]) return which + ", wanted " + one.expect[i];
        if (!answer.closes()) return which + " without Connection: close";
        return talk.ends() ? "" : which + " and then the connection stayed open";
    }
    if (closes || one.bytes.find("HTTP/1.0") != std::string::npos) {
        return talk.ends() ? "" : "it stayed open after an answer that closes";
    }
    return talk.get("/").status == 200 ? "" : "it did not stay open for another request";
}

}  // namespace

std::string run_live(std::uint16_t port, const CorpusCase& one, Pace pace) {
    Talk calm(port);
    if (calm.get("/").status != 200) return "the calm neighbour had no page before";
    Talk halfway(port);
    halfway.send("GET / HTTP/1.1\r\nHo");
    const std::string wrong = converse(port, one, pace);
    if (!wrong.empty()) return wrong;
    halfway.send("st: a\r\n\r\n");
    if (halfway.answer().status != 200) return "a neighbour's request under way was disturbed";
    if (calm.get("/").status != 200) return "the calm neighbour was disturbed";
    return "";
}

}  // namespace candor::test
