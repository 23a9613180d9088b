#include "server/chain.h"

#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "server/company_pages.h"
#include "server/journey.h"
#include "server/key_set_pages.h"
#include "server/notification_pages.h"
#include "wire/error_envelope.h"
#include "wire/sigv4/chunked.h"

namespace weir::server {
namespace {

net::Response text_response(int status, std::string type, std::string body) {
  net::Response response;
  response.status = status;
  response.headers.add("Content-Type", std::move(type));
  response.body = std::move(body);
  return response;
}

// A fixed answer: the named unsigned routes, and refusals that need no body.
class FixedExchange final : public net::Exchange {
 public:
  explicit FixedExchange(net::Response response) : response_(std::move(response)) {}
  uint64_t body_bytes_max() const override { return 64 * 1024; }
  base::Status body(std::string_view) override { return {}; }
  net::Response answer() override { return std::move(response_); }

 private:
  net::Response response_;
};

class StringSink final : public base::ByteSink {
 public:
  explicit StringSink(std::string& into) : into_(into) {}
  base::Status write(std::string_view piece) override { return into_ += piece, base::Status(); }

 private:
  std::string& into_;
};

bool is_chunked(wire::Payload payload) {
  return payload == wire::Payload::chunked_signed || payload == wire::Payload::chunked_signed_trailer ||
         payload == wire::Payload::chunked_unsigned_trailer;
}

// The aws-chunked decoder for a request that announces one.
base::Result<std::unique_ptr<wire::ChunkedDecoder>> decoder_for(const Journey& journey, uint64_t bytes_max,
                                                                base::ByteSink& into) {
  const auto& headers = journey.head().headers;
  auto length = base::parse_int(headers.get("x-amz-decoded-content-length"));
  if (!length || *length < 0)
    return base::invalid("You must provide the X-Amz-Decoded-Content-Length header.", "decoded-length");
  if (static_cast<uint64_t>(*length) > bytes_max)
    return base::fail(base::Kind::limit_exceeded, "Your proposed upload exceeds the maximum allowed size", "entity");
  wire::ChunkedBody body{.kind = journey.claims().payload,
                         .decoded_length = static_cast<uint64_t>(*length),
                         .trailers = wire::announced_trailers(headers.get("x-amz-trailer")),
                         .chain = {}};
  if (body.kind != wire::Payload::chunked_unsigned_trailer) {
    if (journey.claims().mode == wire::AuthMode::anonymous)
      return base::invalid("a signed chunked body needs a signed request", "payload");
    body.chain = wire::ChunkChain(journey.signing_key(), journey.claims());
  }
  return std::make_unique<wire::ChunkedDecoder>(std::move(body), into);
}

// A request whose body fits in memory. The chain of such a request, each step where it stands for a reason:
//
//   route     first: every later answer must speak the protocol of its service
//   identify  then: nobody unknown makes us hash or parse a body
//   prove     the signature covers the body; from here on the caller is who it says
//   begin     pins the State that all decisions of this request are made from
//   perform   decode, validate, use case (authorise, transaction, audit), encode
//   log, count  last: what was answered, and how long it took
class ApiExchange final : public net::Exchange {
 public:
  ApiExchange(Chain& chain, std::unique_ptr<Journey> journey) : chain_(chain), journey_(std::move(journey)) {}

  uint64_t body_bytes_max() const override { return chain_.options().body_bytes_max; }
  base::Status body(std::string_view piece) override { return body_ += piece, base::Status(); }
  net::Place place() const override {
    // Asked when the body is in. A form names its operation there: such requests are routed now.
    if (!journey_->answered() && !journey_->routed().operation) journey_->route(body_);
    if (journey_->answered() || !journey_->use_case())
      return journey_->answered() ? net::Place::connection : net::Place::worker;
    switch (journey_->use_case()->runs) {
      case services::Runs::inline_: return net::Place::connection;
      case services::Runs::worker: return net::Place::worker;
      case services::Runs::patient: return net::Place::patient;
    }
    return net::Place::worker;
  }

  net::Response answer() override {
    if (!journey_->answered() && prepare()) journey_->perform(body_);
    return journey_->take_response();
  }

 private:
  bool prepare() {
    if (!journey_->identify() || !journey_->prove(base::sha256_hex(body_)) || !unwrap() || !journey_->begin())
      return false;
    return true;
  }

  // Small S3 bodies may come in aws-chunked framing as well.
  bool unwrap() {
    if (!is_chunked(journey_->claims().payload)) return true;
    std::string plain;
    StringSink sink(plain);
    auto decoder = decoder_for(*journey_, chain_.options().body_bytes_max, sink);
    auto status = decoder ? (*decoder)->write(body_) : base::Status(decoder.error());
    if (status.ok()) status = (*decoder)->finish();
    if (!status.ok()) return journey_->refuse(status.error()), false;
    body_ = std::move(plain);
    return true;
  }

  Chain& chain_;
  std::unique_ptr<Journey> journey_;
  std::string body_;
};

// A request whose body streams into the object store: proved and authorised before the first byte is read,
// kept only when the last byte, its hash and its trailers have been proved too.
class UploadExchange final : public net::Exchange {
 public:
  UploadExchange(Chain& chain, std::unique_ptr<Journey> journey) : chain_(chain), journey_(std::move(journey)) {
    if (!journey_->identify() || !journey_->prove(std::nullopt) || !journey_->begin()) return;
    upload_ = journey_->open_upload();
    if (upload_ && is_chunked(journey_->claims().payload)) {
      auto decoder = decoder_for(*journey_, chain_.options().object_bytes_max, *upload_);
      if (decoder) {
        decoder_ = std::move(*decoder);
      } else {
        fail(decoder.error());
      }
    }
    if (journey_->claims().payload == wire::Payload::hash) hasher_.emplace(base::Digest::sha256);
  }

  uint64_t body_bytes_max() const override {
    // Framing adds to the bytes on the wire: a signature per chunk of at least 8 KiB.
    return chain_.options().object_bytes_max + (decoder_ ? chain_.options().object_bytes_max / 64 + 65536 : 0);
  }
  bool wants_body() const override { return upload_ != nullptr; }
  net::Place place() const override { return net::Place::worker; }

  base::Status body(std::string_view piece) override {
    if (hasher_) hasher_->update(piece);
    auto status = decoder_ ? decoder_->write(piece) : upload_->write(piece);
    if (!status.ok()) fail(status.error());
    return status;
  }

  net::Response answer() override {
    if (!journey_->answered()) finish();
    return journey_->take_response();
  }

 private:
  void finish() {
    if (decoder_) {
      if (auto status = decoder_->finish(); !status.ok()) return fail(status.error());
    }
    if (hasher_ && !base::same_bytes(base::hex(hasher_->finish()), journey_->claims().payload_hash)) {
      return fail(base::invalid("The provided 'x-amz-content-sha256' header does not match what was computed.",
                                "content-sha256"));
    }
    std::vector<wire::HeaderField> trailers;
    if (decoder_) trailers.assign(decoder_->trailers().begin(), decoder_->trailers().end());
    journey_->conclude(upload_->finish(trailers));
  }

  void fail(const base::Error& error) {
    upload_.reset();  // what was received is dropped
    journey_->refuse(error);
  }

  Chain& chain_;
  std::unique_ptr<Journey> journey_;
  std::unique_ptr<services::Upload> upload_;
  std::unique_ptr<wire::ChunkedDecoder> decoder_;
  std::optional<base::Hasher> hasher_;
};

}  // namespace

Chain::Chain(app::Lake& lake, ChainOptions options, Metrics& metrics)
    : lake_(lake),
      options_(std::move(options)),
      approval_pages_(lake, options_.legacy_one_click),
      console_pages_(lake, options_.account),
      metrics_(metrics),
      router_(options_.host_names),
      regions_{options_.region} {
  // IAM and STS have global endpoints, which sign for us-east-1 wherever their callers are.
  if (options_.region != "us-east-1") regions_.emplace_back("us-east-1");
}

std::unique_ptr<net::Exchange> Chain::open(net::RequestHead head) {
  // From here on the peer is who asks, not who passes it on.
  head.peer = options_.proxies.client_of(head);
  auto path = head.path();
  if (is_company_page(path)) return open_company_page(lake_, std::move(head));
  if (ConsolePages::serve(head)) return console_pages_.open(std::move(head));
  if (is_notification_page(path)) return open_notification_page(lake_, std::move(head));
  if (ApprovalPages::serve(path)) return approval_pages_.open(std::move(head));
  if (is_key_set_page(path)) return open_key_set_page(lake_, std::move(head));
  if (path.starts_with("/-/")) {
    if (path == "/-/health")
      return std::make_unique<FixedExchange>(text_response(200, "application/json", R"({"status":"ok"})"));
    bool ready = lake_.governance.current().ok();
    if (path == "/-/ready")
      return std::make_unique<FixedExchange>(text_response(
          ready ? 200 : 503, "application/json", ready ? R"({"status":"ready"})" : R"({"status":"not ready"})"));
    if (path == "/-/metrics")
      return std::make_unique<FixedExchange>(text_response(200, "text/plain; version=0.0.4", metrics_.text(ready)));
    return std::make_unique<FixedExchange>(text_response(404, "application/json", R"({"message":"no such page"})"));
  }
  auto journey = std::make_unique<Journey>(*this, std::move(head));
  if (!journey->names_itself_in_body() && journey->route({}) && journey->use_case() && journey->use_case()->open_upload)
    return std::make_unique<UploadExchange>(*this, std::move(journey));
  return std::make_unique<ApiExchange>(*this, std::move(journey));
}

net::Response Chain::refuse(int status, std::string_view why) {
  metrics_.count_request("none", "refused", status, 0);
  base::Json body;
  body.set("message", why);
  return text_response(status, "application/json", body.dump());
}

}  // namespace weir::server
