#include "app/approvals/approval_notification.h"

#include "app/approvals/approvals.h"
#include "app/public_url.h"
#include "base/utf8.h"
#include "names/arn.h"
#include "notifications/message.h"

namespace weir::app {
namespace {

using base::Json;

constexpr size_t kFactBytesMax = 2048;

// What the sample reads of its event.
struct Question {
  std::string owner, database, table, account, token;
  std::string role_arn() const { return "arn:aws:iam::" + owner + ":role/ProducerWorkflowRole"; }
  std::string topic_arn(const std::string& region) const {
    return "arn:aws:sns:" + region + ":" + owner + ":DataLakeSharingApproval";
  }
  // Names are of other people's making, and must not keep the question from being asked.
  std::string subject() const {
    return notifications::shortened_subject("Data Sharing Request Approval " + database + " - " + table);
  }
};

// As JavaScript prints it.
std::string text_of(const Json& value) {
  if (value.as_string()) return *value.as_string();
  return value.is_null() ? "undefined" : value.dump();
}

// Reads one value after another until one cannot be read.
class EventReader {
 public:
  explicit EventReader(const Json& event) : event_(event) {}
  std::string read(const std::vector<std::string>& path) {
    auto found = property(event_, path);
    if (!failed_ && found.failure) failed_ = found;
    return text_of(found.payload);
  }
  const std::optional<Invoked>& failed() const { return failed_; }

 private:
  const Json& event_;
  std::optional<Invoked> failed_;
};

std::string base_url(const BuiltInCall& call) {
  auto given = call.environment.find("API_GATEWAY_BASE_URL");
  if (given != call.environment.end()) return given->second;
  return (call.lake.public_url ? call.lake.public_url->get() : "") + "/workflow";
}

std::string message_of(const BuiltInCall& call, const Question& question) {
  auto link = base_url(call) + "/update-state?action=";
  auto token = "&token=" + base::uri_encode(question.token);
  return "A data sharing request has been created, please see the following details:\nDatabase: " + question.database +
         "\nTable: " + question.table + "\nTarget Account: " + question.account + "\n\nApprove: " + link + "approve" +
         token + "\n\nDeny: " + link + "deny" + token + "\n\n";
}

// The sample's message: whoever reads it decides.
base::Result<Invoked> publish_links(const BuiltInCall& call, const Question& question) {
  auto input = Json::object()
                   .set("Message", message_of(call, question))
                   .set("Subject", question.subject())
                   .set("TopicArn", question.topic_arn(call.lake.region));
  return perform_as(call.role, call.lake, "sns", "Publish", input, question.role_arn());
}

std::string code_of(base::Kind kind) {
  if (kind == base::Kind::denied) return "AccessDeniedException";
  if (kind == base::Kind::not_found) return "NotFoundException";
  return kind == base::Kind::expired ? "TaskTimedOut" : "InvalidParameterException";
}

// What the caller is told of a failed call, unless it is the store's.
base::Result<Invoked> refused(const std::string& code, const base::Error& error) {
  if (error.kind == base::Kind::internal) return error;
  return function_error(code, error.says);
}

approvals::Fact fact(std::string label, const std::string& value) {
  return {std::move(label), base::shortened(value, kFactBytesMax)};
}

// The subscribers of the owner's topic decide; a denial ends the task as the sample's does.
base::Result<Invoked> open_question(const BuiltInCall& call, const Question& question) {
  auto publisher = call.role.call("sns", "Publish", question.role_arn());
  if (!publisher.ok()) return refused("AccessDenied", publisher.error());
  auto opener = call.role.call("weir", "OpenApproval", std::nullopt);
  if (!opener.ok()) return refused("AccessDenied", opener.error());
  ApprovalQuestion asked;
  asked.account = opener->caller().account();
  asked.subject = question.subject();
  asked.facts = {fact("Database", question.database), fact("Table", question.table),
                 fact("Target Account", question.account)};
  asked.approvers = {question.topic_arn(call.lake.region)};
  asked.task_token = question.token;
  asked.plain_failure = true;
  asked.publisher = &*publisher;
  auto opened = open_approval(*opener, asked);
  if (!opened.ok()) return refused(code_of(opened.error().kind), opened.error());
  return Invoked{};
}

}  // namespace

base::Result<Invoked> send_approval_notification(const BuiltInCall& call) {
  EventReader event(call.invocation.payload);
  Question question;
  question.owner = event.read({"Input", "table_details", "Payload", "data_owner"});
  question.database = event.read({"Input", "source", "database"});
  question.table = event.read({"Input", "source", "table"});
  question.account = event.read({"Input", "target", "account_id"});
  question.token = event.read({"TaskToken"});
  if (event.failed()) return *event.failed();
  if (!names::is_account_id(question.owner))
    return function_error("ValidationError", question.role_arn() + " is invalid");
  WEIR_TRY(auto asked, call.one_click ? publish_links(call, question) : open_question(call, question));
  if (asked.failure) return asked;
  return Invoked{.payload = Json::object()};
}

}  // namespace weir::app
