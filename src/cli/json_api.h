// Operations called by name with JSON both ways, as `aws --cli-input-json` does it: what export and import speak.
//
//  1. An answer that asks for patience (throttling, 5xx) is asked for again, later each time, up to kAttempts times.
//  2. An error says which operation of which service failed; Error::about is the AWS code.
//  3. Only operations of the generated tables can be called; any other name is Kind::unsupported.
// Threads: any.
#pragma once
#include <functional>
#include <string_view>

#include "base/json.h"
#include "cli/aws_client.h"

namespace weir::cli {

class JsonApi {
 public:
  static constexpr int kAttempts = 8;
  explicit JsonApi(AwsClient client) : client_(std::move(client)) {}

  // glue, lakeformation or iam.
  base::Result<base::Json> call(std::string_view service, std::string_view operation, const base::Json& request) const;

  // Every element of the list member `list`, over all pages.
  using Visit = std::function<base::Status(const base::Json&)>;
  base::Status each(std::string_view service, std::string_view operation, base::Json request, std::string_view list,
                    const Visit& visit) const;

  const AwsClient& client() const { return client_; }

 private:
  AwsClient client_;
};

}  // namespace weir::cli
