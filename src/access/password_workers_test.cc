#include "access/password_workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace candor::access {
namespace {

TEST(PasswordWorkers, two_run_at_once_and_the_queue_is_bounded) {
    std::promise<void> gate;
    const std::shared_future<void> open = gate.get_future().share();
    std::atomic<std::size_t> running{0};
    std::atomic<std::size_t> most{0};
    std::atomic<std::size_t> done{0};
    std::promise<void> both_begun;
    PasswordWorkers workers;
    const auto job = [&, open] {
        const std::size_t now = ++running;
        if (now > most) most = now;
        if (now == kPasswordsAtOnce) both_begun.set_value();
        open.wait();
        --running;
        ++done;
    };
    for (std::size_t i = 0; i < kPasswordsAtOnce; ++i) ASSERT_TRUE(workers.submit(job));
    both_begun.get_future().wait();
    std::promise<void> last;
    for (std::size_t i = 1; i < kPasswordQueueMax; ++i) {
        ASSERT_TRUE(workers.submit([&] { ++done; })) << i;
    }
    const std::size_t all = kPasswordsAtOnce + kPasswordQueueMax - 1;
    ASSERT_TRUE(workers.submit([&] { last.set_value(); }));
    EXPECT_FALSE(workers.submit([] {})) << "the 33rd that waits";
    gate.set_value();
    last.get_future().wait();
    EXPECT_EQ(most, kPasswordsAtOnce);
    EXPECT_GE(done, all - kPasswordsAtOnce);
}

TEST(PasswordWorkers, ends_without_what_has_not_begun) {
    std::atomic<int> ran{0};
    {
        PasswordWorkers workers;
        std::promise<void> ran_one;
        ASSERT_TRUE(workers.submit([&] {
            ++ran;
            ran_one.set_value();
        }));
        ran_one.get_future().wait();
    }
    EXPECT_EQ(ran, 1);
}

}  // namespace
}  // namespace candor::access
