// The head parser and the body decoder joined as a connection joins them, for tests and fuzzing.
//
// Feed bytes in any pieces; outcomes() names each request "ok" or the status that ends the
// conversation. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/body_decoder.h"
#include "web/http_parser.h"
#include "web/routes.h"

namespace candor::test {

class RequestGate final {
   public:
    static constexpr std::size_t kBodyLimit = web::kPingBodyAcceptedBytesMax;

    void feed(std::string_view bytes) {
        input_ += bytes;
        while (!dead_ && !input_.empty() && (body_ ? take_body() : take_head())) {
        }
    }
    const std::vector<std::string>& outcomes() const { return outcomes_; }
    // What the requests held, so that two ways to split must agree on more than the status.
    const std::string& seen() const { return seen_; }

   private:
    bool take_head() {
        web::RequestHead head;
        web::Reject why{};
        const web::ParseState state = web::parse_head(input_, progress_, head, why);
        if (state == web::ParseState::kNeedMore) return false;
        if (state == web::ParseState::kBad) return refuse(why);
        seen_ += std::string(head.path) + "?" + std::string(head.query) + "\n";
        body_.emplace(head, web::BodyBounds{.limit = kBodyLimit, .keep = kBodyLimit});
        input_.erase(0, head.bytes);
        return take_body();
    }
    bool take_body() {
        std::string_view rest = input_;
        const web::ParseState state = body_->feed(rest);
        input_.erase(0, input_.size() - rest.size());
        if (state == web::ParseState::kBad) return refuse(body_->reject());
        if (state == web::ParseState::kNeedMore) return false;
        seen_ += body_->body() + "\n";
        outcomes_.push_back("ok");
        body_.reset();
        return true;
    }
    bool refuse(web::Reject why) {
        outcomes_.push_back(std::to_string(web::describe(why).status));
        seen_ += web::describe(why).name;
        dead_ = true;
        return false;
    }

    std::string input_;
    web::HeadProgress progress_;
    std::optional<web::BodyDecoder> body_;
    std::vector<std::string> outcomes_;
    std::string seen_;
    bool dead_ = false;
};

}  // namespace candor::test
