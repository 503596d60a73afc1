// One HTTP or SMTP transfer as a libcurl handle, and what its end means.
//
// No redirects, no proxies, no cookies; http, https, smtp and smtps only. An answer beyond
// kSendAnswerBytesMax ends the transfer. What may only go to public addresses never shares a
// connection with what may go anywhere. One thread; belongs to sender_thread.cc.
#pragma once

#include <curl/curl.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/reach.h"
#include "ports/sender.h"

namespace candor::notify {

class Transfer final {
   public:
    // `what` is Http or Mail.
    // `strangers`: where Reach::kPublicOnly may lead; must outlive the transfer.
    Transfer(Outgoing outgoing, const ReachRules& strangers, std::function<void(SendResult)> done);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    CURL* handle() const { return handle_; }
    std::uint64_t number() const { return outgoing_.number; }
    // To be called once, with how libcurl ended.
    void finish(CURLcode code);
    void finish(SendOutcome outcome, std::string_view detail);

   private:
    void set_rules();
    void set_http(const outgoing::Http& http);
    void set_mail(const outgoing::Mail& mail);
    SendResult judge(CURLcode code);
    SendResult judge_http();
    SendResult judge_mail();
    bool takes(std::string_view bytes, bool keep);

    static std::size_t on_answer(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_read(char* to, std::size_t size, std::size_t count, void* self);
    static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);

    Outgoing outgoing_;
    const ReachRules& strangers_;
    std::function<void(SendResult)> done_;
    CURL* handle_ = nullptr;
    curl_slist* headers_ = nullptr;
    curl_slist* recipients_ = nullptr;
    char error_[CURL_ERROR_SIZE] = {};
    std::string answer_;     // its beginning, for operators
    std::string last_line_;  // the last refusal of a mail server
    std::size_t answered_ = 0;
    std::size_t read_ = 0;
    bool refused_address_ = false;
};

}  // namespace candor::notify
