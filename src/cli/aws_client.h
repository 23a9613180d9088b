// Calls of AWS operations over HTTP, typed by the generated tables: what the commands speak, against Weir or AWS.
//
// Threads: any.
#pragma once
#include <memory>
#include <string>

#include "cli/credentials.h"
#include "cli/profile.h"
#include "net/client.h"
#include "wire/client_codec.h"

namespace weir::cli {

class AwsClient {
 public:
  // `profile` gives region and endpoints; credentials come from `source`. Without an access key id nothing is signed,
  // which suits operations that carry their proof in the request.
  AwsClient(std::shared_ptr<const Profile> profile, std::shared_ptr<net::Client> http, CredentialSourcePtr source)
      : profile_(std::move(profile)), http_(std::move(http)), source_(std::move(source)) {}

  // The same connections and endpoints with other credentials.
  AwsClient with(CredentialSourcePtr source) const { return {profile_, http_, std::move(source)}; }

  template <class Op>
  base::Result<typename Op::Output> call(const typename Op::Input& input) const {
    WEIR_TRY(auto request, wire::encode_request<Op>(input));
    WEIR_TRY(auto response, send(Op::model(), std::move(request)));
    return wire::decode_response<Op>(response);
  }

  // The same without types, for the JSON protocols: the text of the request's object, the text of the answer's.
  base::Result<std::string> call_json(const wire::Operation& operation, std::string body) const;

  // Bytes [offset, offset + n) of an object; fewer at its end.
  base::Result<size_t> get_range(std::string_view bucket, std::string_view key, uint64_t offset, char* into,
                                 size_t n) const;

  const Profile& profile() const { return *profile_; }

 private:
  struct Signed {
    net::Address address;
    net::Headers headers;
  };
  base::Result<wire::WireResponse> send(const wire::Operation& operation, wire::ClientRequest request) const;
  base::Result<Signed> sign(const wire::ServiceModel& service, wire::OutgoingRequest request,
                            std::string_view body) const;

  std::shared_ptr<const Profile> profile_;
  std::shared_ptr<net::Client> http_;
  CredentialSourcePtr source_;
};

// An AWS error as one of ours: the kind by its code, the text "Code: message".
base::Error error_of(const wire::ClientError& error);

}  // namespace weir::cli
