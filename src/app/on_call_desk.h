// Where operators see who is on call, have somebody stand in, mute calls for a while, and try the
// whole way: /api/v1/on_call.
//
// Who takes turns is configuration, a stand-in and a mute are commands of the engine's, a test call
// is the notifier's like every other. Safe from any thread; never blocks.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "app/notifier.h"
#include "app/page_reader.h"
#include "notify/on_call.h"
#include "ports/clock.h"
#include "ports/operator.h"
#include "ports/page_source.h"

namespace candor::app {

// The present shift of a rotation and those after it.
inline constexpr std::size_t kShiftsShown = 6;

class OnCallDesk final : public PageSource {
   public:
    OnCallDesk(Operator& commands, Clock& clock) : commands_(commands), clock_(clock) {}

    // Before this, and after close(), everything is answered 503.
    void open(PageReaderOptions options, Notifier& notifier);
    // Once this returns, the notifier is not asked any more.
    void close();
    void set(notify::OnCall on_call);

    void render(PageQuery query, PageDone done) override;

   private:
    PageAnswer read(const engine::Published& now, const notify::OnCall& on_call) const;
    void mute(const PageQuery& query, PageDone done);
    void unmute(const PageQuery& query, PageDone done);
    void override_shift(const PageQuery& query, const notify::OnCall& on_call, PageDone done);
    void remove_override(const PageQuery& query, PageDone done);
    void test(const PageQuery& query, const notify::OnCall& on_call, const engine::Published& now,
              PageDone done);

    Operator& commands_;
    Clock& clock_;
    std::mutex mutex_;
    Notifier* notifier_ = nullptr;                      // guarded by mutex_
    std::shared_ptr<const PageReaderOptions> options_;  // guarded by mutex_
    std::shared_ptr<const notify::OnCall> on_call_ =
        std::make_shared<const notify::OnCall>();  // guarded by mutex_
};

}  // namespace candor::app
