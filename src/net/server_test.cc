// The server over real sockets. No sleeps: a test waits for bytes, for a close, or for a promise.
#include "net/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <future>

#include "base/hash.h"
#include "base/text.h"

namespace weir::net {
namespace {

using std::chrono::milliseconds;

// A client that sends exactly the bytes it is told and reads what comes.
class Client {
 public:
  explicit Client(uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    timeval patience{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  }
  ~Client() { ::close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Client& send(std::string_view text) {
    while (!text.empty()) {
      auto n = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
      if (n <= 0) break;
      text.remove_prefix(static_cast<size_t>(n));
    }
    return *this;
  }
  // Up to and including `end`.
  std::string read_until(std::string_view end) {
    for (;;) {
      if (auto at = pending_.find(end); at != std::string::npos) return take(at + end.size());
      if (!receive()) return take(pending_.size());
    }
  }
  std::string read_bytes(size_t n) {
    while (pending_.size() < n && receive()) {
    }
    return take(std::min(n, pending_.size()));
  }
  // Head and body of one answer with a Content-Length.
  std::string head, body;
  int answer(bool is_head = false) {
    head = read_until("\r\n\r\n");
    body.clear();
    auto at = head.find("Content-Length: ");
    if (at != std::string::npos && !is_head) body = read_bytes(std::stoull(head.substr(at + 16)));
    return head.size() > 12 ? std::stoi(head.substr(9, 3)) : 0;
  }
  std::string read_to_close() {
    while (receive()) {
    }
    return take(pending_.size());
  }
  bool closed() { return read_to_close().empty() && end_ == 0; }
  bool reset_or_closed() { return read_to_close().empty(); }

 private:
  std::string take(size_t n) {
    auto out = pending_.substr(0, n);
    pending_.erase(0, n);
    return out;
  }
  bool receive() {
    char buffer[65536];
    auto n = ::recv(fd_, buffer, sizeof buffer, 0);
    end_ = static_cast<int>(n);
    if (n > 0) pending_.append(buffer, static_cast<size_t>(n));
    return n > 0;
  }
  int fd_;
  int end_ = 1;
  std::string pending_;
};

struct Letters final : base::ByteSource {  // `left` bytes, then perhaps a failure
  explicit Letters(size_t n, bool fails = false) : left(n), fails_at_end(fails) {}
  size_t left;
  bool fails_at_end;
  base::Result<size_t> read(char* into, size_t n) override {
    if (left == 0 && fails_at_end) return base::internal("broken source");
    n = std::min({n, left, size_t{10'000}});
    std::fill_n(into, n, 'z');
    left -= n;
    return n;
  }
};

// What the test server does, by path.
class Desk final : public Handler {
 public:
  std::promise<void> entered;
  std::shared_future<void> released;
  std::string file;
  std::atomic<int> destroyed{0};

  std::unique_ptr<Exchange> open(RequestHead head) override;
  Response refuse(int status, std::string_view why) override {
    Response response;
    response.status = status;
    response.body = "refused: " + std::string(why);
    return response;
  }
};

class Talk final : public Exchange {
 public:
  Talk(RequestHead head, Desk& desk) : head_(std::move(head)), desk_(desk) {}
  ~Talk() override { ++desk_.destroyed; }
  uint64_t body_bytes_max() const override { return head_.path() == "/sink" ? 1u << 30 : 100'000; }
  bool wants_body() const override { return head_.path() != "/early"; }
  base::Status body(std::string_view piece) override {
    if (head_.path() == "/choosy") return base::invalid("not this");
    if (head_.path() == "/throw-body") throw std::runtime_error("in body");
    bytes_ += piece.size();
    if (head_.path() != "/sink") text_ += piece;
    return {};
  }
  Place place() const override {
    return head_.path() == "/work" || head_.path() == "/wait" || head_.path() == "/throw-worker" ? Place::worker
                                                                                                 : Place::connection;
  }
  Response answer() override {
    Response response;
    auto path = head_.path();
    if (path == "/throw" || path == "/throw-worker") throw std::runtime_error("in answer");
    if (path == "/wait") {
      desk_.entered.set_value();
      desk_.released.wait();
    }
    if (path == "/file") response.body = slice();
    if (path == "/stream") response.body = StreamBody{std::make_shared<Letters>(number()), {}};
    if (path == "/measured") response.body = StreamBody{std::make_shared<Letters>(number()), 25'000};
    if (path == "/broken") response.body = StreamBody{std::make_shared<Letters>(number(), true), {}};
    if (path == "/big") response.body = std::string(number(), 'b');
    if (path == "/nothing") response.status = 204;
    if (path == "/echo" || path == "/work" || path == "/early" || path == "/choosy" || path == "/wait")
      response.body = head_.method + " " + head_.target + " " + text_;
    if (path == "/sink") response.body = std::to_string(bytes_);
    return response;
  }

 private:
  size_t number() const { return std::stoull(std::string(head_.query())); }
  FileSlice slice() const {
    auto parts = base::split(head_.query(), ',');
    return {::open(desk_.file.c_str(), O_RDONLY), std::stoull(std::string(parts[0])),
            std::stoull(std::string(parts[1]))};
  }
  RequestHead head_;
  Desk& desk_;
  std::string text_;
  uint64_t bytes_ = 0;
};

std::unique_ptr<Exchange> Desk::open(RequestHead head) {
  if (head.path() == "/throw-open") throw std::runtime_error("in open");
  return std::make_unique<Talk>(std::move(head), *this);
}

std::string get(std::string target, std::string headers = {}) {
  return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}
std::string post(std::string target, std::string_view body, std::string headers = {}) {
  return "POST " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

struct ServerTest : testing::Test {
  Desk desk;
  ServerOptions options;
  std::unique_ptr<Server> server;
  Client connect() {
    if (!server) {
      server = std::make_unique<Server>(options);
      auto started = server->start(desk);
      EXPECT_TRUE(started.ok()) << started.error().says;
    }
    return Client(server->bound_port());
  }
  void make_file(size_t n) {
    desk.file = testing::TempDir() + "weir_server_test_" + std::to_string(::getpid());
    std::ofstream out(desk.file, std::ios::binary);
    for (size_t i = 0; i < n; ++i) out.put(static_cast<char>('a' + i % 26));
  }
};

}  // namespace

TEST_F(ServerTest, ConnectionsAreKeptAlive) {
  auto client = connect();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client.send(post("/echo?" + std::to_string(i), "hi")).answer(), 200);
    EXPECT_EQ(client.body, "POST /echo?" + std::to_string(i) + " hi");
    EXPECT_NE(client.head.find("\r\nDate: "), std::string::npos);
    EXPECT_EQ(client.head.find("Connection:"), std::string::npos);
  }
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInOrder) {
  auto client = connect();
  std::string all;
  for (int i = 0; i < 50; ++i)
    all += i % 2 ? get("/echo?" + std::to_string(i)) : post(i % 4 ? "/work?x" : "/echo?x", std::to_string(i));
  client.send(all);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.answer(), 200);
    EXPECT_NE(client.body.find(std::to_string(i)), std::string::npos) << i << " " << client.body;
  }
}

TEST_F(ServerTest, ARequestMayArriveByteByByte) {
  auto client = connect();
  for (char c : post("/echo", "hello")) client.send({&c, 1});
  EXPECT_EQ(client.answer(), 200);
  EXPECT_EQ(client.body, "POST /echo hello");
}

TEST_F(ServerTest, ChunkedBodiesAreDecoded) {
  auto client = connect();
  client.send(
      "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n there\r\n0\r\nT: "
      "v\r\n\r\n" +
      get("/echo"));
  EXPECT_EQ(client.answer(), 200);
  EXPECT_EQ(client.body, "POST /echo hello there");
  EXPECT_EQ(client.answer(), 200) << "the next request begins where the body ended";
}

TEST_F(ServerTest, LargeBodiesStreamThrough) {
  auto client = connect();
  EXPECT_EQ(client.send(post("/sink", std::string(20'000'000, 'x'))).answer(), 200);
  EXPECT_EQ(client.body, "20000000");
  EXPECT_EQ(client.send(get("/big?9000000")).answer(), 200);
  EXPECT_EQ(client.body, std::string(9'000'000, 'b'));
}

TEST_F(ServerTest, BodiesBeyondTheLimitAreRefused) {
  auto client = connect();
  EXPECT_EQ(client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100001\r\n\r\n").answer(), 413);
  EXPECT_NE(client.head.find("Connection: close"), std::string::npos);
  auto chunked = connect();
  chunked.send("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n186a1\r\n" +
               std::string(100'001, 'x') + "\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.answer(), 413);
}

TEST_F(ServerTest, TheClientIsToldToContinueOnlyWhenTheBodyIsWanted) {
  auto wanted = connect();
  wanted.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(wanted.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(wanted.send("hello").answer(), 200);
  EXPECT_EQ(wanted.body, "POST /echo hello");
  auto unwanted = connect();
  unwanted.send("POST /early HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(unwanted.answer(), 200);
  EXPECT_NE(unwanted.head.find("Connection: close"), std::string::npos);
  auto large = connect();
  EXPECT_EQ(
      large.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 200000\r\n\r\n").answer(),
      413);
}

TEST_F(ServerTest, ASmallUnwantedBodyIsSkippedALargeOneCloses) {
  auto client = connect();
  client.send(post("/early", "ignored") + get("/echo"));
  EXPECT_EQ(client.answer(), 200);
  EXPECT_EQ(client.body, "POST /early ");
  EXPECT_EQ(client.answer(), 200);
  auto large = connect();
  large.send(post("/early", std::string(300'000, 'x')) + get("/echo"));
  EXPECT_EQ(large.answer(), 200) << "the answer survives the unread body";
  EXPECT_NE(large.head.find("Connection: close"), std::string::npos);
}

TEST_F(ServerTest, AnExchangeThatWantsNoMoreBodyIsAskedForItsAnswer) {
  auto client = connect();
  EXPECT_EQ(client.send(post("/choosy", std::string(50'000, 'x'))).answer(), 200);
  EXPECT_NE(client.head.find("Connection: close"), std::string::npos);
}

TEST_F(ServerTest, FilesAreSentWholeAndInPart) {
  make_file(300'000);
  auto client = connect();
  for (auto [offset, length] :
       {std::pair<size_t, size_t>{0, 10}, {0, 0}, {100, 65'536}, {5, 65'537}, {0, 300'000}, {299'999, 1}}) {
    EXPECT_EQ(client.send(get("/file?" + std::to_string(offset) + "," + std::to_string(length))).answer(), 200);
    std::string expected;
    for (size_t i = offset; i < offset + length; ++i) expected += static_cast<char>('a' + i % 26);
    EXPECT_EQ(base::sha256_hex(client.body), base::sha256_hex(expected)) << offset << "+" << length;
  }
}

TEST_F(ServerTest, AFileThatIsTooShortEndsTheConnection) {
  make_file(100'000);
  for (std::string range : {"/file?0,200000", "/file?99990,20"}) {
    auto client = connect();
    client.send(get(range));
    auto text = client.read_to_close();
    EXPECT_LT(text.size(), 110'000u);
  }
}

TEST_F(ServerTest, StreamsOfUnknownLengthAreChunked) {
  auto client = connect();
  client.send(get("/stream?25000"));
  client.answer();
  EXPECT_NE(client.head.find("Transfer-Encoding: chunked"), std::string::npos);
  size_t total = 0;
  for (;;) {
    auto size = std::stoull(client.read_until("\r\n"), nullptr, 16);
    total += client.read_bytes(size).size();
    client.read_bytes(2);
    if (size == 0) break;
  }
  EXPECT_EQ(total, 25'000u);
  EXPECT_EQ(client.send(get("/echo")).answer(), 200) << "the connection goes on";
}

TEST_F(ServerTest, StreamsToOldClientsEndWithTheConnection) {
  auto client = connect();
  client.send("GET /stream?25000 HTTP/1.0\r\n\r\n");
  client.answer();
  EXPECT_EQ(client.read_to_close().size(), 25'000u);
}

TEST_F(ServerTest, StreamsOfKnownLengthKeepTheirWordOrClose) {
  auto client = connect();
  EXPECT_EQ(client.send(get("/measured?25000")).answer(), 200);
  EXPECT_EQ(client.body.size(), 25'000u);
  EXPECT_EQ(client.send(get("/measured?26000")).answer(), 200);
  EXPECT_EQ(client.body.size(), 25'000u) << "what is beyond the length is left out";
  client.send(get("/measured?24000"));
  client.read_until("\r\n\r\n");
  EXPECT_EQ(client.read_to_close().size(), 24'000u) << "too short: the client sees the connection end";
}

TEST_F(ServerTest, ASourceThatFailsAtOnceIsARefusalAndLaterACutBody) {
  auto client = connect();
  EXPECT_EQ(client.send(get("/broken?0")).answer(), 500);
  auto later = connect();
  later.send(get("/broken?5"));
  auto text = later.read_to_close();
  EXPECT_TRUE(text.starts_with("HTTP/1.1 200"));
  EXPECT_EQ(text.find("0\r\n\r\n"), std::string::npos) << "no last chunk";
}

TEST_F(ServerTest, HeadAnswersHaveALengthAndNoBody) {
  make_file(1000);
  auto client = connect();
  for (std::string target : {"/big?9", "/file?0,1000", "/echo"}) {
    client.send("HEAD " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(client.answer(true), 200);
    EXPECT_NE(client.head.find("Content-Length: "), std::string::npos);
  }
  EXPECT_EQ(client.send(get("/nothing")).answer(), 204);
  EXPECT_EQ(client.send(get("/echo")).answer(), 200);
}

TEST_F(ServerTest, ExceptionsBecomeARefusal) {
  for (std::string target : {"/throw", "/throw-worker", "/throw-open", "/throw-body"}) {
    auto client = connect();
    EXPECT_EQ(client.send(post(target, "x")).answer(), 500) << target;
    EXPECT_TRUE(client.reset_or_closed());
  }
}

TEST_F(ServerTest, SmugglingIsRefusedAndTheConnectionEnds) {
  for (std::string head :
       {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding : chunked\r\n", "X: a\n",
        "X: a\r\n b\r\n"}) {
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: h\r\n" + head + "\r\n0\r\n\r\n" + get("/echo?smuggled"));
    EXPECT_EQ(client.answer(), 400) << head;
    EXPECT_EQ(client.read_to_close(), "") << "nothing after the refusal";
  }
}

TEST_F(ServerTest, HeadsThatAreTooLargeAreRefused) {
  auto client = connect();
  EXPECT_EQ(client.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(40'000, 'a') + "\r\n\r\n").answer(), 431);
  auto fits = connect();
  EXPECT_EQ(fits.send(get("/echo", "X: " + std::string(30'000, 'a') + "\r\n")).answer(), 200);
}

TEST_F(ServerTest, ASlowHeadIsCut) {
  options.head = milliseconds(50);
  auto silent = connect();
  EXPECT_TRUE(silent.closed());
  auto slow = connect();
  slow.send("GET / HTTP/1.1\r\nHo");
  EXPECT_TRUE(slow.reset_or_closed());
}

TEST_F(ServerTest, AnIdleConnectionIsClosed) {
  options.idle = milliseconds(50);
  auto client = connect();
  EXPECT_EQ(client.send(get("/echo")).answer(), 200);
  EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, ABodyThatStopsArrivingIsCut) {
  options.progress = milliseconds(50);
  auto client = connect();
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nabc");
  EXPECT_TRUE(client.reset_or_closed());
}

TEST_F(ServerTest, ARequestHasATotalTimeWhateverItsProgress) {
  options.total = milliseconds(60);
  auto client = connect();
  client.send("POST /sink HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\nabc");
  EXPECT_TRUE(client.reset_or_closed());
}

TEST_F(ServerTest, AClientThatStopsReadingIsCut) {
  options.progress = milliseconds(50);
  auto client = connect();
  client.send(get("/big?200000000"));
  std::promise<void> cut;
  EXPECT_LT(server->connections(), 2u);
  while (server->connections() > 0) std::this_thread::yield();
  EXPECT_LT(client.read_to_close().size(), 200'000'000u);
}

TEST_F(ServerTest, ConnectionsBeyondTheLimitAreClosedAtOnce) {
  options.connections_max = 1;
  auto first = connect();
  EXPECT_EQ(first.send(get("/echo")).answer(), 200);
  auto second = connect();
  EXPECT_TRUE(second.reset_or_closed());
  EXPECT_EQ(first.send(get("/echo")).answer(), 200);
}

TEST_F(ServerTest, WorkBeyondTheQueueIsRefused) {
  options.worker_threads = 1;
  options.worker_queue_max = 0;
  auto client = connect();
  EXPECT_EQ(client.send(get("/work")).answer(), 503);
  EXPECT_EQ(client.send(get("/echo")).answer(), 200) << "the connection lives on";
}

TEST_F(ServerTest, AWorkerDoesNotBlockItsConnectionsThread) {
  std::promise<void> release;
  desk.released = release.get_future().share();
  auto waiting = connect();
  waiting.send(get("/wait"));
  desk.entered.get_future().wait();
  auto other = connect();
  EXPECT_EQ(other.send(get("/echo")).answer(), 200);
  release.set_value();
  EXPECT_EQ(waiting.answer(), 200);
}

TEST_F(ServerTest, DrainFinishesWhatIsUnderWay) {
  std::promise<void> release;
  desk.released = release.get_future().share();
  auto waiting = connect();
  auto idle = connect();
  EXPECT_EQ(idle.send(get("/echo")).answer(), 200);
  waiting.send(get("/wait"));
  desk.entered.get_future().wait();
  auto drained = std::async(std::launch::async, [&] { return server->drain(milliseconds(20'000)); });
  EXPECT_TRUE(idle.closed()) << "idle connections are closed first";
  release.set_value();
  EXPECT_EQ(waiting.answer(), 200);
  EXPECT_NE(waiting.head.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(waiting.closed());
  EXPECT_TRUE(drained.get());
  EXPECT_EQ(desk.destroyed, 2);
}

TEST_F(ServerTest, DrainCutsWhatIsLate) {
  auto client = connect();
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  client.read_until("\r\n\r\n");
  EXPECT_FALSE(server->drain(milliseconds(20)));
  EXPECT_TRUE(client.reset_or_closed());
}

TEST_F(ServerTest, AClientThatLeavesTakesNothingWithIt) {
  connect().send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");
  connect().send(get("/big?5000000"));
  connect().send("GET");
  auto client = connect();
  EXPECT_EQ(client.send(get("/echo")).answer(), 200);
}

TEST_F(ServerTest, SeveralThreadsShareThePort) {
  options.threads = 3;
  for (int i = 0; i < 30; ++i) {
    auto client = connect();
    EXPECT_EQ(client.send(get("/echo")).answer(), 200);
  }
}

TEST(Server, AnAddressThatCannotBeUsedIsAnError) {
  Desk desk;
  EXPECT_FALSE(Server({.host = "not an address"}).start(desk).ok());
  EXPECT_FALSE(Server({.host = "192.0.2.1"}).start(desk).ok());
  EXPECT_FALSE(Server({.tls_certificate_file = "/nonexistent"}).start(desk).ok());
}

}  // namespace weir::net
