#include "web/mailbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

namespace candor::web {

Mailbox::Mailbox() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Mailbox::~Mailbox() {
    if (fd_ >= 0) ::close(fd_);
}

void Mailbox::post(Message message) {
    bool was_empty = false;
    {
        const std::lock_guard lock(mutex_);
        was_empty = messages_.empty();
        messages_.push_back(std::move(message));
    }
    if (!was_empty) return;
    const std::uint64_t one = 1;
    // A full counter means that the worker is about to wake anyway.
    [[maybe_unused]] const ssize_t n = ::write(fd_, &one, sizeof one);
}

std::vector<Message> Mailbox::take() {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t n = ::read(fd_, &count, sizeof count);
    std::vector<Message> taken;
    const std::lock_guard lock(mutex_);
    taken.swap(messages_);
    return taken;
}

}  // namespace candor::web
