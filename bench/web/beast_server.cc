// The same page from Boost.Beast, written as its examples are: the other side of decision 020.
// Built on demand (cmake --build build/release --target bench_beast_server), for it takes a while.
//
//   bench_beast_server BODY_BYTES     prints its port; runs until it is killed
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::asio::ip::tcp;

class Session final : public std::enable_shared_from_this<Session> {
   public:
    Session(tcp::socket socket, const std::string& body)
        : stream_(std::move(socket)), body_(body) {}

    void read() {
        request_ = {};
        stream_.expires_after(std::chrono::seconds(15));
        http::async_read(stream_, buffer_, request_,
                         [self = shared_from_this()](beast::error_code error, std::size_t) {
                             if (!error) self->answer();
                         });
    }

   private:
    void answer() {
        response_ = {http::status::ok, request_.version()};
        response_.set(http::field::content_type, "text/html; charset=utf-8");
        response_.set(http::field::cache_control, "public, max-age=5");
        response_.keep_alive(request_.keep_alive());
        response_.body() = {body_.data(), body_.size()};
        response_.prepare_payload();
        http::async_write(stream_, response_,
                          [self = shared_from_this()](beast::error_code error, std::size_t) {
                              if (!error && self->response_.keep_alive()) self->read();
                          });
    }

    beast::tcp_stream stream_;
    const std::string& body_;
    beast::flat_buffer buffer_;
    http::request<http::empty_body> request_;
    http::response<http::span_body<const char>> response_;
};

void accept(tcp::acceptor& acceptor, const std::string& body) {
    acceptor.async_accept([&](beast::error_code error, tcp::socket socket) {
        if (!error) {
            socket.set_option(tcp::no_delay(true), error);
            std::make_shared<Session>(std::move(socket), body)->read();
        }
        accept(acceptor, body);
    });
}

}  // namespace

int main(int argc, char** argv) {
    const std::string body(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 5000, 'x');
    boost::asio::io_context loop(1);
    tcp::acceptor acceptor(loop, {boost::asio::ip::address_v4::loopback(), 0});
    std::printf("%d\n", acceptor.local_endpoint().port());
    std::fflush(stdout);
    accept(acceptor, body);
    loop.run();
}
