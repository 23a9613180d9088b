#include "services/sns/publish_operations.h"

#include <algorithm>
#include <set>

#include "app/notifications/publish.h"
#include "base/text.h"
#include "services/sns/errors.h"

namespace weir::services::sns {
namespace {

constexpr size_t kBatchMax = 10, kBatchIdMax = 80;

notifications::MessageAttribute from_wire(const w::MessageAttributeValue& in) {
  auto type = in.DataType.value_or("");
  bool binary = type.starts_with("Binary");
  return {type, binary ? base::base64(in.BinaryValue.value_or("")) : in.StringValue.value_or("")};
}

// `In` is a PublishInput or an entry of a batch: they name the same things alike.
template <class In>
app::Publication publication_of(const In& in) {
  app::Publication out{in.Message.value_or(""), in.Subject, in.MessageStructure, {}};
  for (const auto& [name, value] : in.MessageAttributes) out.attributes.emplace(name, from_wire(value));
  return out;
}

base::Error wrong(std::string says) { return base::invalid("Invalid parameter: " + std::move(says), "parameter"); }

// Messages go to topics here, and topics have no order.
template <class In>
base::Status check_standard(const In& in) {
  if (in.MessageDeduplicationId)
    return wrong(
        "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not "
        "valid for this topic type");
  return {};
}

base::Result<std::string> target_of(const w::PublishInput& in) {
  if (in.PhoneNumber) return wrong("PhoneNumber Reason: text messages are not offered here");
  if (in.TopicArn && in.TargetArn) return wrong("TopicArn or TargetArn Reason: both were given");
  if (!in.TopicArn && !in.TargetArn) return wrong("TopicArn or TargetArn Reason: no value for required parameter");
  return in.TopicArn ? *in.TopicArn : *in.TargetArn;
}

bool is_batch_id(const std::string& id) {
  return !id.empty() && id.size() <= kBatchIdMax && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

base::Status check_batch(const wire::List<w::PublishBatchRequestEntry>& entries) {
  if (entries.empty()) return base::invalid("The batch request doesn't contain any entries.", "batch empty");
  if (entries.size() > kBatchMax)
    return base::invalid("The batch request contains more entries than permissible.", "batch size");
  std::set<std::string> ids;
  for (const auto& entry : entries) {
    if (!is_batch_id(*entry.Id))
      return base::invalid("The Id of a batch entry in a batch request doesn't abide by the specification.",
                           "batch id");
    if (!ids.insert(*entry.Id).second)
      return base::invalid("Two or more batch entries in the request have the same Id.", "batch ids");
  }
  return {};
}

w::BatchResultErrorEntry failure_of(const std::string& id, const base::Error& error) {
  auto code = sns_error(error);
  w::BatchResultErrorEntry out;
  out.Id = id;
  out.Code = std::string(code.code);
  out.Message = error.says;
  out.SenderFault = code.status < 500;
  return out;
}

}  // namespace

base::Result<w::PublishResponse> publish(app::Call& call, const w::PublishInput& in) {
  WEIR_TRY(auto topic, target_of(in));
  WEIR_CHECK_OK(check_standard(in));
  WEIR_TRY(auto id, app::publish(call, topic, publication_of(in)));
  w::PublishResponse out;
  out.MessageId = std::move(id);
  return out;
}

base::Result<w::PublishBatchResponse> publish_batch(app::Call& call, const w::PublishBatchInput& in) {
  const auto& entries = in.PublishBatchRequestEntries;
  WEIR_CHECK_OK(check_batch(entries));
  std::vector<app::Publication> publications;
  for (const auto& entry : entries) {
    WEIR_CHECK_OK(check_standard(entry));
    publications.push_back(publication_of(entry));
  }
  WEIR_TRY(auto published, app::publish_batch(call, *in.TopicArn, publications));
  w::PublishBatchResponse out;
  out.Successful.give();
  out.Failed.give();
  for (size_t i = 0; i < published.size(); ++i) {
    if (!published[i]) {
      out.Failed.push_back(failure_of(*entries[i].Id, published[i].error()));
      continue;
    }
    w::PublishBatchResultEntry item;
    item.Id = *entries[i].Id;
    item.MessageId = *published[i];
    out.Successful.push_back(std::move(item));
  }
  return out;
}

}  // namespace weir::services::sns
