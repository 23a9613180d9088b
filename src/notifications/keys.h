// Where the records of notifications are in the store. All under "sns":
//
//   sns topic ACCOUNT NAME                         Topic
//   sns subscription ACCOUNT TOPIC ID              Subscription
//   sns endpoint ACCOUNT TOPIC PROTOCOL ENDPOINT OWNER
//                                                  index: the id of that account's subscription that goes there
//   sns owned OWNER ACCOUNT TOPIC ID               index: what an account has subscribed to
//   sns token HASH                                 index: the key of the subscription that the token is for
//   sns message ID                                 Message, as long as a delivery waits for it
//   sns waiting MESSAGE ENTRY                      index: the deliveries that wait for a message
//   sns outbox ACCOUNT CARRIER RECEIVER TIME ENTRY OutboxEntry; of one receiver in the order in which they are due
//   sns tally ACCOUNT                              Tally of what the account has
//   sns tally ACCOUNT TOPIC                        Tally of the topic
//   sns signer                                     SealedSigner
//
// An index is written with what it indexes.
#pragma once
#include <string>
#include <string_view>

#include "notifications/outbox_queue.h"

namespace weir::notifications::keys {

std::string topics(std::string_view account);
std::string topic(std::string_view account, std::string_view name);
std::string subscriptions(std::string_view account, std::string_view topic);
std::string subscription(std::string_view account, std::string_view topic, std::string_view id);
std::string endpoint(std::string_view account, std::string_view topic, std::string_view protocol,
                     std::string_view endpoint, std::string_view owner);
std::string owned(std::string_view owner);
std::string owned(std::string_view owner, std::string_view account, std::string_view topic, std::string_view id);
std::string token(std::string_view hash);
std::string message(std::string_view id);
std::string waiting(std::string_view message);
std::string waiting(std::string_view message, std::string_view entry);
std::string outbox();
std::string outbox(const OutboxQueue& queue);
std::string due_before(const OutboxQueue& queue, base::Instant at);  // where the entries end that are due at `at`
std::string outbox(const OutboxQueue& queue, base::Instant due, std::string_view entry);
std::string tally(std::string_view account);
std::string tally(std::string_view account, std::string_view topic);
std::string signer();

}  // namespace weir::notifications::keys
