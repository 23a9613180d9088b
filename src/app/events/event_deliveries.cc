#include "app/events/event_deliveries.h"

#include <algorithm>

#include "app/events/connection_credentials.h"
#include "app/events/event_target_kinds.h"
#include "app/executions/executions.h"
#include "app/executions/machine_role.h"
#include "app/notifications/publish.h"
#include "events/api_destination.h"
#include "events/keys.h"
#include "events/target_input.h"
#include "store/record_access.h"

namespace weir::app {

using events::ApiDestination;
using notifications::OutboxEntry;

namespace {

using How = DeliveryOutcome::How;
constexpr auto kPatience = std::chrono::seconds(5);  // as AWS
constexpr auto kTotal = std::chrono::seconds(20);    // with the token that the call needs
constexpr int kRetried[] = {401, 407, 409, 429};     // as AWS; and 5xx

// A target and what it is to get.
struct Delivery {
  events::Rule rule;
  events::Target target;
  base::Json envelope;
  base::Instant put{};
  std::string input;
};

base::Result<std::optional<Delivery>> delivery_of(const Lake& lake, const OutboxEntry& entry) {
  WEIR_TRY(auto name, events::parse_target_name(entry.subscription));
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto rule, store::load<events::Rule>(*tx, events::keys::rule(name.account, name.rule)));
  WEIR_TRY(auto message, notifications::Outbox(*tx).find_message(entry.message));
  const auto* target = rule ? rule->find(name.id) : nullptr;
  if (!target || !message) return std::optional<Delivery>();
  WEIR_TRY(auto envelope, base::parse_json(message->text));
  return std::optional(Delivery{*rule, *target, std::move(envelope), message->published, {}});
}

// What was refused stays refused; what is our own fault or passing is tried again.
DeliveryOutcome refused(const base::Error& error) {
  bool passing = error.kind == base::Kind::internal || error.kind == base::Kind::unavailable ||
                 error.kind == base::Kind::throttled || error.kind == base::Kind::concurrent;
  return {passing ? How::later : How::never, error.says + error.log};
}

template <class T>
DeliveryOutcome outcome_of_call(const base::Result<T>& answer) {
  return answer.ok() ? DeliveryOutcome{How::delivered} : refused(answer.error());
}

DeliveryOutcome outcome_of_answer(const base::Result<notifications::WebhookAnswer>& answer) {
  if (!answer) return refused(answer.error());
  int status = answer->status;
  if (status / 100 == 2) return {How::delivered};
  bool later = status / 100 == 5 || std::ranges::find(kRetried, status) != std::end(kRetried);
  return {later ? How::later : How::never, "status " + std::to_string(status)};
}

// A call of the target's role. The tokens are of this call alone.
base::Result<Call> call_of_role(Lake& lake, const Delivery& delivery, std::string service, std::string operation) {
  identity::TokenCache tokens(1);
  MachineRole role(lake, tokens,
                   {.account = delivery.rule.account,
                    .machine_arn = delivery.rule.arn(),
                    .role_arn = delivery.target.role_arn.value_or(""),
                    .session_name = session_name_of("events-" + delivery.rule.name),
                    .service = std::string(kEventsService)});
  return role.call(std::move(service), std::move(operation), std::nullopt);
}

base::Result<ApiDestination> destination_of(const Lake& lake, const Delivery& delivery) {
  WEIR_TRY(auto name, events::parse_destination_arn(delivery.target.arn));
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto found, store::load<ApiDestination>(*tx, events::keys::destination(delivery.rule.account, name.name)));
  if (!found || found->arn() != delivery.target.arn) return events::no_such("ApiDestination", "'" + name.name + "'");
  return std::move(*found);
}

base::Result<EndpointCall> endpoint_call(const ApiDestination& destination, const Delivery& delivery) {
  auto http = delivery.target.http.value_or(events::TargetHttp{});
  for (auto& value : http.path_values) value = events::text_at(value, delivery.envelope);
  EndpointCall call;
  call.method = destination.method;
  WEIR_TRY(call.url, events::with_path_values(destination.endpoint, http.path_values));
  call.headers = {{"Content-Type", "application/json; charset=utf-8"},
                  {"User-Agent", "Amazon/EventBridge/ApiDestinations"}};
  for (const auto& [name, value] : http.headers)
    call.headers.emplace_back(name, events::text_at(value, delivery.envelope));
  for (const auto& [name, value] : http.query) call.query.emplace_back(name, events::text_at(value, delivery.envelope));
  call.body = delivery.input;
  call.patience = kPatience;
  call.total = kTotal;
  return call;
}

DeliveryOutcome call_destination(Lake& lake, notifications::WebhookSender& webhooks, const Delivery& delivery) {
  auto destination = destination_of(lake, delivery);
  if (!destination) return refused(destination.error());
  auto role = call_of_role(lake, delivery, "events", "InvokeApiDestination");
  if (!role) return refused(role.error());
  auto allowed = role->authorize({.action = "events:InvokeApiDestination", .resource = destination->arn()});
  if (!allowed.ok()) return refused(allowed.error());
  auto connection = find_connection(lake, delivery.rule.account, destination->connection_arn);
  if (!connection) return refused(connection.error());
  auto wanted = endpoint_call(*destination, delivery);
  if (!wanted) return refused(wanted.error());
  return outcome_of_answer(call_endpoint(lake, webhooks, *connection, std::move(*wanted)));
}

base::Result<Call> call_of_service(Lake& lake) {
  WEIR_TRY(auto state, lake.governance.current());
  Facts facts;
  facts.service = "sns";
  facts.operation = "Publish";
  facts.request_id = base::quick_uuid();
  facts.source_ip = facts.user_agent = std::string(kEventsService);
  facts.tls = true;
  facts.now = lake.clock.now();
  auto service = std::make_shared<const identity::Principal>(identity::service_principal(kEventsService));
  return Call(lake, std::move(state), std::move(service), std::move(facts));
}

DeliveryOutcome publish_event(Lake& lake, const Delivery& delivery) {
  auto call = call_of_service(lake);
  if (!call) return refused(call.error());
  policy::Context source;
  source.set("aws:sourcearn", delivery.rule.arn());
  source.set("aws:sourceaccount", delivery.rule.account);
  Publication publication;
  publication.text = delivery.input;
  return outcome_of_call(publish(*call, delivery.target.arn, publication, std::move(source)));
}

// The name is the entry's: an event starts one execution, however often it is delivered.
DeliveryOutcome start_machine(Lake& lake, const Delivery& delivery, const OutboxEntry& entry) {
  auto role = call_of_role(lake, delivery, "states", "StartExecution");
  if (!role) return refused(role.error());
  StartRequest request;
  request.machine_arn = delivery.target.arn;
  request.name = entry.id;
  request.input = delivery.input;
  auto started = start_execution(*role, request);
  bool before = !started && started.error().kind == base::Kind::already_exists;
  return before ? DeliveryOutcome{How::delivered} : outcome_of_call(started);
}

DeliveryOutcome deliver(Lake& lake, notifications::WebhookSender& webhooks, Delivery& delivery,
                        const OutboxEntry& entry) {
  const auto& rule = delivery.rule;
  auto input = events::target_input(delivery.target, delivery.envelope, {rule.arn(), rule.name}, delivery.put);
  if (!input) return refused(input.error());
  delivery.input = std::move(*input);
  auto kind = target_kind(delivery.target.arn);
  if (!kind) return refused(kind.error());
  switch (*kind) {
    case TargetKind::api_destination: return call_destination(lake, webhooks, delivery);
    case TargetKind::topic: return publish_event(lake, delivery);
    case TargetKind::state_machine: return start_machine(lake, delivery, entry);
  }
  return {How::never, "a target of no kind"};
}

}  // namespace

base::Result<DeliveryAttempt> attempt_event(Lake& lake, notifications::WebhookSender& webhooks,
                                            const OutboxEntry& entry) {
  WEIR_TRY(auto delivery, delivery_of(lake, entry));
  if (!delivery) return DeliveryAttempt{};
  auto outcome = deliver(lake, webhooks, *delivery, entry);
  auto policy = delivery->target.retry.value_or(events::RetryPolicy{});
  return DeliveryAttempt{std::move(outcome), policy.next(entry.attempts + 1, entry.created, lake.clock.now())};
}

}  // namespace weir::app
