#include "net/client.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <cstring>
#include <mutex>
#include <vector>

#include "base/text.h"
#include "net/public_address.h"

namespace weir::net {
namespace {

constexpr size_t kRefusalMax = 64 * 1024;

struct CloseHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderLines = std::unique_ptr<curl_slist, FreeList>;

void append_line(HeaderLines& lines, const std::string& line) {
  auto* longer = curl_slist_append(lines.get(), line.c_str());
  CHECK_TRUE(longer != nullptr, "memory for a header line");
  (void)lines.release();
  lines.reset(longer);
}

// libcurl's own headers are switched off: what was signed is what is sent.
HeaderLines header_lines(const Headers& headers) {
  HeaderLines lines;
  for (const auto& [name, value] : headers) append_line(lines, value.empty() ? name + ";" : name + ": " + value);
  for (std::string_view own : {"Accept", "Expect", "Content-Type", "Transfer-Encoding"})
    if (!headers.find(own)) append_line(lines, std::string(own) + ":");
  return lines;
}

bool has_line_break(const Headers& headers) {
  for (const auto& [name, value] : headers)
    if (name.empty() || name.find_first_of("\r\n:") != std::string::npos ||
        value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
      return true;
  return false;
}

base::Kind kind_of(CURLcode code) {
  return code == CURLE_WRITE_ERROR ? base::Kind::limit_exceeded : base::Kind::unavailable;
}

// Where an answer's body goes; false ends the call.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual bool take(int status, std::string_view piece) = 0;
};

class IntoString final : public Reader {
 public:
  IntoString(std::string& out, size_t bytes_max) : out_(out), bytes_max_(bytes_max) {}
  bool take(int, std::string_view piece) override {
    if (piece.size() > bytes_max_ - out_.size()) return false;
    out_ += piece;
    return true;
  }

 private:
  std::string& out_;
  size_t bytes_max_;
};

class IntoBuffer final : public Reader {
 public:
  IntoBuffer(Fetched& fetched, char* buffer, size_t n) : fetched_(fetched), buffer_(buffer), n_(n) {}
  bool take(int status, std::string_view piece) override {
    if (status / 100 != 2) {
      fetched_.refusal += piece.substr(0, kRefusalMax - fetched_.refusal.size());
      return true;
    }
    if (piece.size() > n_ - fetched_.bytes) return false;
    std::memcpy(buffer_ + fetched_.bytes, piece.data(), piece.size());
    fetched_.bytes += piece.size();
    return true;
  }

 private:
  Fetched& fetched_;
  char* buffer_;
  size_t n_;
};

}  // namespace

// Idle handles, each with the connections it keeps open.
class Client::Pool {
 public:
  explicit Pool(size_t idle_max) : idle_max_(idle_max) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    CHECK_TRUE(ready == CURLE_OK, "libcurl starts");
  }
  Handle take() {
    std::lock_guard lock(mutex_);
    if (idle_.empty()) return Handle(curl_easy_init());
    auto handle = std::move(idle_.back());
    idle_.pop_back();
    return handle;
  }
  void give_back(Handle handle) {
    curl_easy_reset(handle.get());  // forgets the request, keeps the connections
    std::lock_guard lock(mutex_);
    if (idle_.size() < idle_max_) idle_.push_back(std::move(handle));
  }

 private:
  const size_t idle_max_;
  std::mutex mutex_;
  std::vector<Handle> idle_;
};

// One request on one handle.
class Client::Call {
 public:
  Call(Pool& pool, const ClientOptions& options, const std::atomic<bool>& abandoned)
      : pool_(pool), handle_(pool.take()), abandoned_(abandoned) {
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(options.total.count()));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_SSL_VERIFYPEER, options.verify_tls ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, options.verify_tls ? 2L : 0L);
    if (options.public_addresses_only) set(CURLOPT_OPENSOCKETFUNCTION, &Call::open_public);
    if (!options.ca_file.empty()) set(CURLOPT_CAINFO, options.ca_file.c_str());
    set(CURLOPT_ERRORBUFFER, why_);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Call::goes_on);
    set(CURLOPT_XFERINFODATA, this);
  }
  ~Call() { pool_.give_back(std::move(handle_)); }

  void set_total(std::chrono::milliseconds total) { set(CURLOPT_TIMEOUT_MS, static_cast<long>(total.count())); }

  base::Status perform(std::string_view method, const Address& to, const Headers& headers, std::string_view body,
                       Reader& reader) {
    if (has_line_break(headers)) return base::invalid("a header holds a line break", "header");
    if (!to.target.starts_with('/') || to.target.find_first_of("\r\n ") != std::string::npos)
      return base::invalid("the target is not a path", "url");
    auto lines = header_lines(headers);
    set(CURLOPT_HTTPHEADER, lines.get());
    std::string verb(method), url = to.origin + "/";
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_REQUEST_TARGET, to.target.c_str());
    set_body(verb, body);
    set(CURLOPT_CUSTOMREQUEST, verb.c_str());
    reader_ = &reader;
    set(CURLOPT_HEADERFUNCTION, &Call::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Call::on_body);
    set(CURLOPT_WRITEDATA, this);
    auto code = curl_easy_perform(handle_.get());
    if (code == CURLE_OK) return {};
    if (code == CURLE_ABORTED_BY_CALLBACK) return base::internal("the call to " + to.origin + " was abandoned");
    return base::fail(kind_of(code), "cannot reach " + to.origin + ": " + (why_[0] ? why_ : curl_easy_strerror(code)),
                      "http");
  }

  int status = 0;
  Headers headers;

 private:
  template <class T>
  void set(CURLoption option, T value) {
    CHECK_TRUE(curl_easy_setopt(handle_.get(), option, value) == CURLE_OK, "libcurl knows the option");
  }

  void set_body(const std::string& verb, std::string_view body) {
    if (verb == "HEAD") return set(CURLOPT_NOBODY, 1L);
    if (body.empty() && verb != "POST" && verb != "PUT") return set(CURLOPT_HTTPGET, 1L);
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set(CURLOPT_POSTFIELDS, body.empty() ? "" : body.data());
  }

  static curl_socket_t open_public(void*, curlsocktype, curl_sockaddr* address) {
    if (!is_public_address(address->addr)) return CURL_SOCKET_BAD;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  // libcurl asks about once a second while nothing comes.
  static int goes_on(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Call*>(self)->abandoned_ ? 1 : 0;
  }

  static size_t on_header(char* data, size_t, size_t n, void* self) {
    static_cast<Call*>(self)->take_header({data, n});
    return n;
  }
  static size_t on_body(char* data, size_t, size_t n, void* self) {
    auto& call = *static_cast<Call*>(self);
    return call.reader_->take(call.status, {data, n}) ? n : 0;
  }

  // A status line begins an answer; the last one counts (100 Continue comes first).
  void take_header(std::string_view line) {
    line = base::trim(line);
    if (line.starts_with("HTTP/")) {
      headers = {};
      auto code = line.substr(std::min(line.size(), line.find(' ') + 1), 3);
      status = static_cast<int>(base::parse_int(code).ok() ? *base::parse_int(code) : 0);
    } else if (auto colon = line.find(':'); colon != std::string_view::npos) {
      headers.add(std::string(line.substr(0, colon)), std::string(base::trim(line.substr(colon + 1))));
    }
  }

  Pool& pool_;
  Handle handle_;
  const std::atomic<bool>& abandoned_;
  Reader* reader_ = nullptr;
  char why_[CURL_ERROR_SIZE] = {};
};

Client::Client(ClientOptions options)
    : options_(std::move(options)), pool_(std::make_unique<Pool>(options_.idle_handles_max)) {}
Client::~Client() = default;

base::Result<ClientResponse> Client::send(std::string_view method, const Address& to, const Headers& headers,
                                          std::string_view body, const CallLimits& limits) {
  ClientResponse response;
  IntoString reader(response.body, limits.response_bytes_max.value_or(options_.response_bytes_max));
  Call call(*pool_, options_, abandoned_);
  if (limits.total) call.set_total(*limits.total);
  WEIR_CHECK_OK(call.perform(method, to, headers, body, reader));
  response.status = call.status;
  response.headers = std::move(call.headers);
  return response;
}

base::Result<Fetched> Client::fetch_into(std::string_view method, const Address& to, const Headers& headers,
                                         char* buffer, size_t n) {
  Fetched fetched;
  IntoBuffer reader(fetched, buffer, n);
  Call call(*pool_, options_, abandoned_);
  WEIR_CHECK_OK(call.perform(method, to, headers, {}, reader));
  fetched.status = call.status;
  fetched.headers = std::move(call.headers);
  return fetched;
}

}  // namespace weir::net
