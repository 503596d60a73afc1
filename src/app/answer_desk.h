// Where whoever is on call answers from the message itself: /answer.
//
// The signed word in the link is the whole permission, and good for one incident alone; opening the
// link shows it, and only the button takes it on. Safe from any thread; never blocks.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "app/page_reader.h"
#include "base/time.h"
#include "notify/answer_links.h"
#include "ports/clock.h"
#include "ports/operator.h"
#include "ports/page_source.h"

namespace candor::app {

class AnswerDesk final : public PageSource {
   public:
    AnswerDesk(Operator& commands, Clock& clock) : commands_(commands), clock_(clock) {}

    // Before this, and after close(), everything is answered 503. `key` signs the links.
    void open(PageReaderOptions options, std::string key);
    void close();

    void render(PageQuery query, PageDone done) override;

   private:
    struct Opened {
        PageReaderOptions options;
        notify::AnswerLinks links;
    };

    Operator& commands_;
    Clock& clock_;
    std::mutex mutex_;
    std::shared_ptr<const Opened> opened_;  // guarded by mutex_
};

}  // namespace candor::app
