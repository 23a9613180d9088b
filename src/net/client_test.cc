// The client against our own server, plain and TLS.
#include "net/client.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <atomic>
#include <set>
#include <thread>

#include "net/server.h"

namespace weir::net {
namespace {

using std::chrono::milliseconds;

class Mirror final : public Handler {
 public:
  struct Reflection final : Exchange {
    RequestHead head;
    std::string text;
    uint64_t body_bytes_max() const override { return 1u << 30; }
    base::Status body(std::string_view piece) override {
      text += piece;
      return {};
    }
    Place place() const override { return head.path() == "/hang" ? Place::worker : Place::connection; }
    Response answer() override {
      Response response;
      response.status = head.path() == "/refused" ? 403 : 200;
      response.headers.add("X-Empty", "");
      response.headers.add("X-Tls", head.tls ? "yes" : "no");
      std::string seen = head.method + " " + head.target + "\n";
      for (const auto& [name, value] : head.headers) seen += name + "=" + value + "\n";
      response.body = head.path() == "/big" ? std::string(3'000'000, 'b') : seen + "\n" + text;
      return response;
    }
  };
  std::unique_ptr<Exchange> open(RequestHead head) override {
    auto reflection = std::make_unique<Reflection>();
    reflection->head = std::move(head);
    return reflection;
  }
  Response refuse(int status, std::string_view) override {
    Response response;
    response.status = status;
    return response;
  }
};

struct ClientTest : testing::Test {
  Mirror mirror;
  ServerOptions server_options;
  std::unique_ptr<Server> server;
  Address to(std::string target, std::string scheme = "http") {
    if (!server) {
      server = std::make_unique<Server>(server_options);
      EXPECT_TRUE(server->start(mirror).ok());
    }
    return {scheme + "://127.0.0.1:" + std::to_string(server->bound_port()), std::move(target)};
  }
};

Headers one(std::string name, std::string value) {
  Headers headers;
  headers.add(std::move(name), std::move(value));
  return headers;
}

struct Certificate {
  std::string certificate_file, key_file;
  Certificate() {
    auto base = testing::TempDir() + "weir_client_test_" + std::to_string(::getpid());
    certificate_file = base + ".crt";
    key_file = base + ".key";
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* cert = X509_new();
    X509_set_version(cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -60);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    auto* name = X509_get_subject_name(cert);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("weir"), -1, -1, 0);
    X509_set_issuer_name(cert, name);
    auto* alternative = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(cert, alternative, -1);
    X509_EXTENSION_free(alternative);
    X509_sign(cert, key, EVP_sha256());
    FILE* out = std::fopen(certificate_file.c_str(), "w");
    PEM_write_X509(out, cert);
    std::fclose(out);
    out = std::fopen(key_file.c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
    X509_free(cert);
    EVP_PKEY_free(key);
  }
};

}  // namespace

TEST_F(ClientTest, SendsExactlyWhatItIsGiven) {
  Client client;
  auto headers = one("X-Amz-Target", "AWSGlue.GetTable");
  headers.add("X-Void", "");
  auto answer = client.send("POST", to("/a/../b//c%20d?x=%2F&y"), headers, "{}");
  ASSERT_TRUE(answer.ok()) << answer.error().says;
  EXPECT_EQ(answer->status, 200);
  EXPECT_TRUE(answer->body.starts_with("POST /a/../b//c%20d?x=%2F&y\n")) << answer->body;
  EXPECT_NE(answer->body.find("X-Amz-Target=AWSGlue.GetTable\n"), std::string::npos);
  EXPECT_NE(answer->body.find("X-Void=\n"), std::string::npos);
  EXPECT_NE(answer->body.find("Content-Length=2\n"), std::string::npos);
  for (auto own : {"Accept=", "Expect=", "Content-Type=", "User-Agent="})
    EXPECT_EQ(answer->body.find(own), std::string::npos) << own;
  EXPECT_TRUE(answer->body.ends_with("\n\n{}"));
  EXPECT_EQ(answer->headers.get("x-tls"), "no");
  EXPECT_EQ(answer->headers.count("x-empty"), 1u);
}

TEST_F(ClientTest, EveryMethodWorksWithAndWithoutABody) {
  Client client;
  for (std::string method : {"GET", "PUT", "POST", "DELETE"}) {
    for (std::string body : {"", "text"}) {
      auto answer = client.send(method, to("/"), {}, body);
      ASSERT_TRUE(answer.ok()) << method << answer.error().says;
      EXPECT_TRUE(answer->body.starts_with(method + " /\n"));
      EXPECT_TRUE(answer->body.ends_with("\n\n" + body));
    }
  }
  auto head = client.send("HEAD", to("/big"), {});
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->headers.get("content-length"), "3000000");
  EXPECT_EQ(head->body, "");
  EXPECT_EQ(client.send("GET", to("/"), {})->status, 200) << "the connection is still in step";
}

TEST_F(ClientTest, ConnectionsAreKeptAndReplacedWhenStale) {
  Client client;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(client.send("GET", to("/"), {}).ok());
  EXPECT_EQ(server->connections(), 1u);
  auto port = server->bound_port();
  server->stop();
  ServerOptions again;
  again.port = port;
  server = std::make_unique<Server>(again);
  ASSERT_TRUE(server->start(mirror).ok());
  auto answer = client.send("GET", to("/"), {});
  EXPECT_TRUE(answer.ok()) << answer.error().says;
}

TEST_F(ClientTest, RangesGoIntoTheCallersMemory) {
  Client client;
  std::string buffer(3'000'000, '-');
  auto fetched = client.fetch_into("GET", to("/big"), {}, buffer.data(), buffer.size());
  ASSERT_TRUE(fetched.ok()) << fetched.error().says;
  EXPECT_EQ(fetched->bytes, 3'000'000u);
  EXPECT_EQ(buffer, std::string(3'000'000, 'b'));
  EXPECT_FALSE(client.fetch_into("GET", to("/big"), {}, buffer.data(), 100).ok()) << "more than fits";
  auto refused = client.fetch_into("GET", to("/refused"), {}, buffer.data(), 1);
  ASSERT_TRUE(refused.ok());
  EXPECT_EQ(refused->status, 403);
  EXPECT_EQ(refused->bytes, 0u);
  EXPECT_TRUE(refused->refusal.starts_with("GET /refused"));
}

TEST_F(ClientTest, AnAnswerThatIsTooLongFails) {
  Client client({.response_bytes_max = 1000});
  auto answer = client.send("GET", to("/big"), {});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().kind, base::Kind::limit_exceeded);
}

TEST_F(ClientTest, NobodyThereIsUnavailable) {
  auto address = to("/");
  server->stop();
  auto answer = Client().send("GET", address, {});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().kind, base::Kind::unavailable);
}

TEST_F(ClientTest, HeadersAndTargetsCannotSmuggle) {
  Client client;
  EXPECT_FALSE(client.send("GET", to("/"), one("X", "a\r\nY: b")).ok());
  EXPECT_FALSE(client.send("GET", to("/"), one("X: y\r\nZ", "a")).ok());
  EXPECT_FALSE(client.send("GET", to("/ HTTP/1.1\r\nX: y"), {}).ok());
  EXPECT_FALSE(client.send("GET", {"file:///etc/passwd", "/"}, {}).ok());
}

TEST_F(ClientTest, ManyThreadsShareOneClient) {
  Client client;
  auto address = to("/");
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) good += client.send("POST", address, {}, "x").ok() ? 1 : 0;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 160);
  EXPECT_LE(server->connections(), 8u);
}

TEST_F(ClientTest, TlsIsVerifiedUnlessToldOtherwise) {
  Certificate certificate;
  server_options.tls_certificate_file = certificate.certificate_file;
  server_options.tls_key_file = certificate.key_file;
  auto address = to("/", "https");
  EXPECT_FALSE(Client().send("GET", address, {}).ok()) << "an unknown issuer";
  Client trusting({.ca_file = certificate.certificate_file});
  for (int i = 0; i < 3; ++i) {
    auto answer = trusting.send("POST", address, {}, std::string(200'000, 'x'));
    ASSERT_TRUE(answer.ok()) << answer.error().says;
    EXPECT_EQ(answer->headers.get("x-tls"), "yes");
    EXPECT_TRUE(answer->body.ends_with(std::string(200'000, 'x')));
  }
  EXPECT_EQ(server->connections(), 1u);
  EXPECT_TRUE(Client({.verify_tls = false}).send("GET", address, {}).ok());
  EXPECT_EQ(trusting.send("GET", {address.origin, "/big"}, {})->body.size(), 3'000'000u);
  EXPECT_FALSE(Client().send("GET", to("/"), {}).ok()) << "plain HTTP to a TLS port";
  EXPECT_TRUE(server->drain(milliseconds(20'000)));
}

}  // namespace weir::net
