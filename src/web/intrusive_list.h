// A doubly linked list through its elements: no allocation, removal in constant time.
//
// Owns nothing; an element must be removed before it dies. One thread. An element is in at most one
// list per tag.
#pragma once

#include "base/check.h"

namespace candor::web {

template <class Tag>
struct Linked {
    Linked* previous = nullptr;
    Linked* next = nullptr;

    bool is_linked() const { return next != nullptr; }
};

template <class T, class Tag>
class IntrusiveList final {
   public:
    IntrusiveList() { head_.previous = head_.next = &head_; }
    IntrusiveList(const IntrusiveList&) = delete;
    IntrusiveList& operator=(const IntrusiveList&) = delete;

    bool empty() const { return head_.next == &head_; }
    T* front() { return empty() ? nullptr : cast(head_.next); }
    // The element behind, or nullptr at the end.
    T* after(T& element) {
        Linked<Tag>& link = element;
        return link.next == &head_ ? nullptr : cast(link.next);
    }

    void push_back(T& element) {
        Linked<Tag>& link = element;
        CHECK(!link.is_linked());
        link.previous = head_.previous;
        link.next = &head_;
        head_.previous->next = &link;
        head_.previous = &link;
    }

    static void remove(T& element) {
        Linked<Tag>& link = element;
        if (!link.is_linked()) return;
        link.previous->next = link.next;
        link.next->previous = link.previous;
        link.previous = link.next = nullptr;
    }

   private:
    static T* cast(Linked<Tag>* link) { return static_cast<T*>(link); }

    Linked<Tag> head_;
};

}  // namespace candor::web
