// Any request of the REST protocols is either refused or read, and what was read is written as a request that reads
// the same. Any answer is refused or read as well.
//
// The first line names the operation, the second is the target, then header lines, an empty line, and the body.
#include "base/check.h"
#include "base/text.h"
#include "wire/client_codec.h"
#include "wire/lakeformation_operations.h"
#include "wire/s3_operations.h"

namespace {

using namespace weir;
using namespace weir::wire;

struct Pieces {
  std::string_view operation, target, body;
  std::vector<HeaderField> headers;
};

Pieces take_apart(std::string_view text) {
  auto end = std::min(text.find("\n\n"), text.size());
  Pieces out;
  out.body = text.substr(std::min(end + 2, text.size()));
  auto lines = base::split(text.substr(0, end), '\n');
  out.operation = lines[0];
  out.target = lines.size() > 1 ? lines[1] : "/";
  for (size_t i = 2; i < lines.size(); ++i)
    if (auto parts = base::split_n(lines[i], ':', 2); parts.size() == 2)
      out.headers.emplace_back(parts[0], base::trim(parts[1]));
  return out;
}

// As the router finds bucket and key in a path.
template <class Op>
base::Result<typename Op::Input> read(std::string_view target, const std::vector<HeaderField>& headers,
                                      std::string_view body) {
  auto mark = std::min(target.find('?'), target.size());
  auto path = target.substr(0, mark);
  auto slash = std::min(path.find('/', 1), path.size());
  auto bucket = base::uri_decode(path.substr(std::min<size_t>(1, path.size()), slash - std::min<size_t>(1, slash)));
  auto key = base::uri_decode(path.substr(std::min(slash + 1, path.size())));
  return decode<Op>(WireRequest{.method = Op::model().method,
                                .path = path,
                                .query = target.substr(std::min(mark + 1, target.size())),
                                .headers = headers,
                                .body = body,
                                .bucket = bucket,
                                .key = key});
}

template <class Op>
void check_round_trip(const Pieces& pieces) {
  (void)decode_response<Op>({.headers = pieces.headers, .body = std::string(pieces.body)}).ok();
  auto first = read<Op>(pieces.target, pieces.headers, pieces.body);
  if (!first.ok()) return;
  auto written = encode_request<Op>(*first);
  if (!written.ok()) return;  // an empty label has no place in a path
  auto second = read<Op>(written->target, written->headers, written->body);
  CHECK_TRUE(second.ok(), "what we write we can read");
  auto again = encode_request<Op>(*second);
  CHECK_TRUE(again.ok() && again->target == written->target && again->headers == written->headers &&
                 again->body == written->body,
             "writing is stable");
}

struct Case {
  std::string_view name;
  void (*check)(const Pieces&);
};
constexpr Case kCases[] = {
    {"GetObject", check_round_trip<s3::op::GetObject>},
    {"PutObject", check_round_trip<s3::op::PutObject>},
    {"ListObjectsV2", check_round_trip<s3::op::ListObjectsV2>},
    {"DeleteObjects", check_round_trip<s3::op::DeleteObjects>},
    {"CompleteMultipartUpload", check_round_trip<s3::op::CompleteMultipartUpload>},
    {"PutBucketPolicy", check_round_trip<s3::op::PutBucketPolicy>},
    {"GrantPermissions", check_round_trip<lakeformation::op::GrantPermissions>},
    {"BatchGrantPermissions", check_round_trip<lakeformation::op::BatchGrantPermissions>},
    {"CreateDataCellsFilter", check_round_trip<lakeformation::op::CreateDataCellsFilter>},
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto pieces = take_apart({reinterpret_cast<const char*>(data), size});
  for (const auto& one : kCases)
    if (one.name == pieces.operation) one.check(pieces);
  (void)decode_error(s3::op::GetObject::model(),
                     {.status = 400, .headers = pieces.headers, .body = std::string(pieces.body)});
  (void)decode_error(lakeformation::op::GrantPermissions::model(),
                     {.status = 400, .headers = pieces.headers, .body = std::string(pieces.body)});
  return 0;
}
