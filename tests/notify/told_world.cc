#include "tests/notify/told_world.h"

#include <chrono>
#include <future>
#include <utility>

#include "model/batch.h"
#include "store/sqlite_deliveries.h"

namespace candor::test {
namespace {

constexpr std::chrono::seconds kPatience{20};
constexpr std::size_t kSaltBytes = 32;

notify::Routes first_routes() {
    notify::Routes out;
    out.channels.push_back({"ops", {}, notify::WebhookTarget{kOps}, "ops 1"});
    out.channels.push_back({"lead", {}, notify::WebhookTarget{kLead}, "lead 1"});
    out.subscriber_mail = notify::MailServer{.server = "mail:25", .from = "s@a.example"};
    out.links = [](const SubscriberId& id) {
        return notify::SubscriberLinks{"https://a.example/m?s=" + id.value,
                                       "https://a.example/l?s=" + id.value};
    };
    return out;
}

}  // namespace

ToldWorld::ToldWorld()
    : routes(first_routes()),
      folder_(home_.path() + "/0"),
      journal_(store::open_memory_journal(disk_).value()) {
    clock_.set(decisions.now);
    commit();
    decisions.add_check("shop/acme", "shop");
    decisions.add_check("shop/umbrella", "shop");
    decisions.load();
    commit();
    for (const char* check : {"shop/1", "shop/acme", "shop/umbrella"}) {
        verdict(check, Verdict::kPass);
    }
}

ToldWorld::~ToldWorld() {
    stop();
}

void ToldWorld::start(int failures) {
    const auto left = std::make_shared<std::atomic<int>>(failures);
    notifier_ = std::make_unique<app::Notifier>(
        app::NotifierOptions{
            .version = "1",
            .page_id = "kctbh9vrtdwd",
            .open_deliveries = [folder = folder_, left]() -> Result<std::unique_ptr<Deliveries>> {
                if ((*left)-- > 0) return fail(ErrorCode::kIo, "the disk is away");
                return store::open_sqlite_deliveries({.folder = folder});
            },
            .open_reader = [this] { return journal_->open_reader(); },
            .durable = decisions.state.position,
            .clock = clock_,
            .log =
                [this](const std::string& line) {
                    const std::lock_guard lock(log_mutex_);
                    log_.push_back(line);
                }},
        routes, servers.sender());
}

void ToldWorld::stop() {
    notifier_.reset();
}

// The file is copied while the notifier has nothing to write: that is what a power cut leaves. What
// it writes while it ends goes to a file that nobody opens again.
void ToldWorld::crash() {
    const std::string left = home_.path() + "/" + std::to_string(++lives_);
    std::filesystem::create_directory(left);
    for (const char* name : {"notify.db", "notify.db-wal"}) {
        std::filesystem::copy_file(folder_ + "/" + name, left + "/" + name);
    }
    stop();
    folder_ = left;
}

void ToldWorld::verdict(const std::string& check, Verdict verdict, const std::string& customer) {
    decisions.verdict(check, verdict, customer);
    commit();
}

SealedText ToldWorld::seal(const std::string& text) {
    const std::string salt(kSaltBytes, 's');
    sealed_.push_back({seal_commitment(salt, text), salt, text});
    return SealedText{sealed_.back().commitment};
}

void ToldWorld::subscribe(const std::string& name) {
    happen(input::SubscriberConfirmed{{name}, {}, {}, seal(name + "@b.example"), {}});
}

void ToldWorld::write(const std::string& text) {
    const IncidentId newest = decisions.incident(decisions.incidents() - 1).id;
    happen(input::UpdatePosted{newest, {}, seal(text), {}, ActorId{"user:ann"}});
}

void ToldWorld::happen(InputKind what) {
    decisions.must(std::move(what));
    commit();
}

void ToldWorld::commit() {
    if (decisions.newest.empty()) return;
    Batch batch;
    batch.at = decisions.now;
    batch.written_by = "1";
    batch.entries = decisions.newest;
    AppendRequest request;
    request.at = batch.at;
    request.bytes = encode_batch(batch);
    request.sealed = std::exchange(sealed_, {});
    const auto position = journal_->append(std::span(&request, 1));
    ASSERT_TRUE(position) << position.error().message;
    ASSERT_EQ(*position, decisions.state.position);
    if (notifier_ != nullptr) notifier_->offer(*position);
}

void ToldWorld::pass(Duration duration) {
    decisions.pass(duration);
    clock_.set(decisions.now);
    if (notifier_ != nullptr) notifier_->offer(decisions.state.position);
}

void ToldWorld::on_its_thread(const std::function<void(Deliveries&)>& what) {
    const auto done = std::make_shared<std::promise<bool>>();
    ASSERT_TRUE(notifier_->post([&, done](Deliveries* deliveries, notify::Dispatcher*) {
        if (deliveries != nullptr) what(*deliveries);
        done->set_value(deliveries != nullptr);
    }));
    EXPECT_TRUE(done->get_future().get()) << "notify.db is not open";
}

// A whole round of the notifier's ended since the task before, with nothing left to do in it.
bool ToldWorld::is_at_rest() {
    const auto done = std::make_shared<std::promise<bool>>();
    const auto rests = [this, done](Deliveries* deliveries, notify::Dispatcher* dispatcher) {
        if (deliveries == nullptr) return done->set_value(true);
        const Timestamp now = clock_.now().wall;
        const auto next = dispatcher->next_wakeup(now);
        done->set_value(next && (next->ms == 0 || *next > now) &&
                        dispatcher->under_way() == servers.hanging());
    };
    return notifier_->post(rests) && done->get_future().get() && servers.is_idle();
}

bool ToldWorld::settle() {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    int rests = 0;
    while (rests < 3) {
        if (std::chrono::steady_clock::now() > end) return false;
        rests = is_at_rest() ? rests + 1 : 0;
    }
    return true;
}

std::vector<std::string> ToldWorld::log() const {
    const std::lock_guard lock(log_mutex_);
    return log_;
}

}  // namespace candor::test
