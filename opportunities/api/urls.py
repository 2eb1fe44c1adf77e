from django.urls import path

from opportunities.api.views import OpportunityDetail, OpportunityList

urlpatterns = [
    path("opportunities", OpportunityList.as_view(), name="opportunity-list"),
    path("opportunities/<int:pk>", OpportunityDetail.as_view(), name="opportunity-detail"),
]
